package io.portcullis.socketio;

/**
 * A CDI event: a socket's connection has been confirmed.
 *
 * @param socket the socket
 */
public record SocketConnected(Socket socket) {}
