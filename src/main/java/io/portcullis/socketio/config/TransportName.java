package io.portcullis.socketio.config;

import java.util.Locale;
import java.util.Optional;

/** Immutable. The transports, by their names on the wire. */
public enum TransportName {
    /** HTTP long-polling. */
    POLLING,
    /** WebSocket. */
    WEBSOCKET;

    private final String text = name().toLowerCase(Locale.ROOT);

    /**
     * Finds a transport by its name on the wire.
     *
     * @param text exactly {@code polling} or {@code websocket}
     * @return the transport, if there is one
     */
    public static Optional<TransportName> of(String text) {
        for (TransportName name : values()) {
            if (name.text.equals(text)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /**
     * The name on the wire.
     *
     * @return lower case
     */
    public String text() {
        return text;
    }
}
