package io.portcullis.socketio;

import org.jspecify.annotations.Nullable;

/** What an application of Portcullis throws or catches. */
public abstract class SocketException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * For subclasses.
     *
     * @param message what was expected and what was found
     * @param cause what led to it, or null
     */
    protected SocketException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
