package io.portcullis.socketio.store;

/** Thrown when the database does not answer, does not answer in time, or refuses. Nothing of the failed call is in it. */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreException(String message) {
        super(message);
    }

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
