package io.portcullis.socketio.ratelimit;

import io.portcullis.socketio.config.EndpointConfig;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Thread-safe. The limits of an endpoint that are in force now: those of the configuration, until somebody changes one. */
public final class Limits {

    private final AtomicIntegerArray values = new AtomicIntegerArray(Limit.values().length);

    /**
     * The limits of the configuration.
     *
     * @param config the endpoint's values
     */
    public Limits(EndpointConfig config) {
        for (Limit limit : Limit.values()) {
            set(limit, config.get(limit.key()));
        }
    }

    /**
     * What is in force.
     *
     * @param limit which limit
     * @return zero or more; zero lets nobody pass
     */
    public int get(Limit limit) {
        return values.get(limit.ordinal());
    }

    /**
     * Changes a limit, at once. Who is connected already stays.
     *
     * @param limit which limit
     * @param value zero or more
     */
    public void set(Limit limit, int value) {
        if (value < 0) {
            throw new IllegalArgumentException("'" + limit.text() + "' must be zero or more, not " + value + ".");
        }
        values.set(limit.ordinal(), value);
    }
}
