package io.portcullis.socketio;

/** Thrown when a socket went before it acknowledged. */
public class SocketClosedException extends SocketException {

    private static final long serialVersionUID = 1L;

    /** Without further detail: the reason is told to the disconnect handlers. */
    public SocketClosedException() {
        super("the socket was closed before it acknowledged", null);
    }
}
