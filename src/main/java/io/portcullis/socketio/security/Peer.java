package io.portcullis.socketio.security;

/**
 * Immutable. Who has opened a connection, as the server sees it.
 *
 * @param address the address at the other end
 * @param scheme {@code http} or {@code https}
 * @param host the host that the request is for, as it was written, without a port
 * @param port the port that the request is for
 */
public record Peer(String address, String scheme, String host, int port) {}
