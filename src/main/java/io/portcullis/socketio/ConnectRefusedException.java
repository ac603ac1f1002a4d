package io.portcullis.socketio;

import org.jspecify.annotations.Nullable;

/** Thrown by an {@link OnConnect} handler or a {@link HandshakeGuard} to refuse a client. */
public class ConnectRefusedException extends SocketException {

    private static final long serialVersionUID = 1L;

    /** Not for serialisation: sent to the client right away. */
    private final transient @Nullable Object data;

    /**
     * Refuses without data.
     *
     * @param message what the client gets as its error's message
     */
    public ConnectRefusedException(String message) {
        this(message, null);
    }

    /**
     * Refuses with data.
     *
     * @param message what the client gets as its error's message
     * @param data what the client gets as its error's data: anything JSON-B can write, or null for none
     */
    public ConnectRefusedException(String message, @Nullable Object data) {
        super(message, null);
        this.data = data;
    }

    /**
     * The data for the client.
     *
     * @return the data; null if there is none
     */
    public @Nullable Object data() {
        return data;
    }
}
