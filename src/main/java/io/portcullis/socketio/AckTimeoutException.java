package io.portcullis.socketio;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Thrown when acknowledgements did not arrive in time. */
public class AckTimeoutException extends SocketException {

    private static final long serialVersionUID = 1L;

    private final transient List<?> responses;

    /**
     * With what has arrived.
     *
     * @param responses the answers so far
     */
    public AckTimeoutException(List<?> responses) {
        super("operation has timed out", null);
        this.responses = Collections.unmodifiableList(new ArrayList<>(responses));
    }

    /**
     * The answers that arrived in time.
     *
     * @return bound to the type that was asked for; empty for a single socket
     */
    public List<?> responses() {
        return responses;
    }
}
