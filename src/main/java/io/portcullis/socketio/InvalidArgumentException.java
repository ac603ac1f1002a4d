package io.portcullis.socketio;

import org.jspecify.annotations.Nullable;

/** Thrown when an argument of an event or an acknowledgement cannot be bound to the wanted type. */
public class InvalidArgumentException extends SocketException {

    private static final long serialVersionUID = 1L;

    private final int index;

    /**
     * For one argument.
     *
     * @param index its position, from 0
     * @param message what was expected, without the value
     * @param cause what the binding said, or null
     */
    public InvalidArgumentException(int index, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.index = index;
    }

    /**
     * Which argument it was.
     *
     * @return its position, from 0
     */
    public int index() {
        return index;
    }
}
