package io.portcullis.socketio.ratelimit;

import io.portcullis.socketio.config.Key;

/** Immutable. What is limited; each is a key {@code socketio.limits.<name>} and can be changed while the server runs. */
public enum Limit {
    /** Connections in all. */
    CONNECTIONS(Key.LIMITS_CONNECTIONS),
    /** Connections of one address. */
    CONNECTIONS_PER_ADDRESS(Key.LIMITS_CONNECTIONS_PER_ADDRESS),
    /** Connections of one address that the application server has not authenticated. */
    ANONYMOUS_PER_ADDRESS(Key.LIMITS_ANONYMOUS_PER_ADDRESS),
    /** Connections of one user. */
    CONNECTIONS_PER_USER(Key.LIMITS_CONNECTIONS_PER_USER),
    /** Attempts of one address to connect, within a window of time. */
    HANDSHAKES_PER_ADDRESS(Key.LIMITS_HANDSHAKES_PER_ADDRESS);

    private static final String PREFIX = "limits.";

    private final Key<Integer> key;

    Limit(Key<Integer> key) {
        this.key = key;
    }

    Key<Integer> key() {
        return key;
    }

    /**
     * The name that operators see.
     *
     * @return for example {@code connections-per-address}
     */
    public String text() {
        return key.name().substring(PREFIX.length());
    }
}
