package io.portcullis.socketio;

/**
 * A CDI bean that is asked before a client's first request is answered, on every endpoint of Socket.IO (a bare Engine.IO
 * one has its own check): the reference server's {@code allowRequest}. Must be thread-safe and must not block; an
 * {@code @ApplicationScoped} bean is best.
 */
@FunctionalInterface
public interface HandshakeGuard {

    /**
     * Returns to allow the handshake. A refusal is answered with status 403, or 400 for a WebSocket, and leaves no session
     * behind.
     *
     * @param handshake what the client sent; its auth payload is not known yet
     * @throws ConnectRefusedException to refuse; its message is shown to the client, its data is not
     */
    void check(Handshake handshake);
}
