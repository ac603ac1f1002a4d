package io.portcullis.socketio.transport;

import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.engine.EngineEndpoint;
import io.portcullis.socketio.engine.Session;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. The servlet's decision that a WebSocket may be opened, handed to the endpoint. It travels through a thread
 * local during the container's upgrade call, and from there in the properties of that one WebSocket.
 *
 * @param doors what both doors share; here because WildFly 39 loses the properties of the endpoint's configuration
 * @param endpoint where
 * @param handshake for whom a new session shall be opened
 * @param upgrading the session that wants to change its transport; null for a new one
 */
record Admission(Doors doors, EngineEndpoint endpoint, Handshake handshake, @Nullable Session upgrading) {

    static final String PROPERTY = Admission.class.getName();

    private static final ThreadLocal<@Nullable Admission> CURRENT = new ThreadLocal<>();

    static @Nullable Admission current() {
        return CURRENT.get();
    }

    /** Makes this the decision of the calling thread's upgrade. */
    void set() {
        CURRENT.set(this);
    }

    static void clear() {
        CURRENT.remove();
    }
}
