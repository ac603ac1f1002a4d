package io.portcullis.socketio;

import java.time.Duration;

/** Thrown when somebody does something more often than a limit allows, or has more of it. */
public class RateLimitExceededException extends SocketException {

    private static final long serialVersionUID = 1L;

    private final String limit;
    private final Duration retryAfter;

    /**
     * With a time to wait.
     *
     * @param message what there is too much of, for the client
     * @param limit the name of the limit, for operators
     * @param retryAfter after how long another attempt may succeed
     */
    public RateLimitExceededException(String message, String limit, Duration retryAfter) {
        super(message, null);
        this.limit = limit;
        this.retryAfter = retryAfter;
    }

    /**
     * Which limit it was.
     *
     * @return its name, for example {@code connections-per-address}
     */
    public String limit() {
        return limit;
    }

    /**
     * When to try again.
     *
     * @return after how long another attempt may succeed, zero or more
     */
    public Duration retryAfter() {
        return retryAfter;
    }
}
