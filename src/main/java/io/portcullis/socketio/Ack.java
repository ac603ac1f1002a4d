package io.portcullis.socketio;

import org.jspecify.annotations.Nullable;

/** Thread-safe. The client's acknowledgement callback, taken as the last parameter of an {@link OnEvent} handler. */
public interface Ack {

    /**
     * Acknowledges the event. Only the first call counts; nothing is sent if the client did not ask, or has gone.
     *
     * @param arguments what the client's callback receives: values that JSON-B can write, {@code byte[]}, {@link
     *     Arguments}, null
     */
    void send(@Nullable Object... arguments);

    /**
     * Tells whether the client asked for an acknowledgement.
     *
     * @return true if {@link #send} will send something
     */
    boolean isRequested();
}
