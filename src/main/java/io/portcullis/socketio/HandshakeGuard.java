package io.portcullis.socketio;

/**
 * A CDI bean that is asked before a client's first request is answered, on every endpoint: Socket.IO's {@code
 * allowRequest}. Must be thread-safe and must not block.
 */
@FunctionalInterface
public interface HandshakeGuard {

    /**
     * Returns to allow the handshake. A refusal is answered with status 403 and leaves no session behind.
     *
     * @param handshake what the client sent; its auth payload is not known yet
     * @throws ConnectRefusedException to refuse; its message is shown to the client
     */
    void check(Handshake handshake);
}
