package io.portcullis.socketio.protocol;

/** Thrown for what is no valid packet; ends the session. Says what was expected, never what the client sent. */
public class ProtocolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
        super(message, null, false, false);
    }
}
