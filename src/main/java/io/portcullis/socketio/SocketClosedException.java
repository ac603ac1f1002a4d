package io.portcullis.socketio;

/** Thrown when a socket went before it acknowledged, or owes too many acknowledgements to be asked for another one. */
public class SocketClosedException extends SocketException {

    private static final long serialVersionUID = 1L;

    /** Without further detail: the reason is told to the disconnect handlers. */
    public SocketClosedException() {
        super("the socket was closed before it acknowledged", null);
    }
}
