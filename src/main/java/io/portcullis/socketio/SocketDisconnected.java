package io.portcullis.socketio;

/**
 * A CDI event: a socket has gone and its {@link OnDisconnect} handlers have run.
 *
 * @param socket the socket
 * @param reason why
 */
public record SocketDisconnected(Socket socket, DisconnectReason reason) {}
