package io.portcullis.socketio.transport;

import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.engine.EngineEndpoint;
import io.portcullis.socketio.engine.Session;
import io.portcullis.socketio.ratelimit.Permit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. The servlet's decision that a WebSocket may be opened, handed to the endpoint. It travels through a thread
 * local during the container's upgrade call, and from there in the properties of that one WebSocket.
 *
 * @param doors what both doors share; here because WildFly 39 loses the properties of the endpoint's configuration
 * @param endpoint where
 * @param handshake for whom a new session shall be opened
 * @param upgrading the session that wants to change its transport; null for a new one
 * @param permit the place of the new session among those that are counted; null for an upgrade
 * @param mayStillCome judges the request's origin once more
 * @param ticket what is put into properties, with this in it until the WebSocket has been opened, or is not waited for any
 *     more: Payara 6 keeps the properties of old WebSockets, and with them whatever they refer to
 */
record Admission(
        Doors doors,
        EngineEndpoint endpoint,
        Handshake handshake,
        @Nullable Session upgrading,
        @Nullable Permit permit,
        BooleanSupplier mayStillCome,
        AtomicReference<@Nullable Admission> ticket) {

    static final String PROPERTY = Admission.class.getName();

    private static final ThreadLocal<@Nullable Admission> CURRENT = new ThreadLocal<>();

    /** For a new session. */
    static Admission of(
            Doors doors, EngineEndpoint endpoint, Handshake handshake, Permit permit, BooleanSupplier mayStillCome) {
        return new Admission(doors, endpoint, handshake, null, permit, mayStillCome, new AtomicReference<>()).pending();
    }

    /** For a session that changes its transport. */
    static Admission of(Doors doors, Session upgrading, BooleanSupplier mayStillCome) {
        EngineEndpoint endpoint = upgrading.endpoint();
        Handshake handshake = upgrading.handshake();
        return new Admission(doors, endpoint, handshake, upgrading, null, mayStillCome, new AtomicReference<>())
                .pending();
    }

    private Admission pending() {
        ticket.set(this);
        return this;
    }

    /** No WebSocket will come of it: what was taken for it is given back. */
    void abandon() {
        if (ticket.getAndSet(null) != null) {
            release();
        }
    }

    /** Gives back what was taken for the new session. */
    void release() {
        if (permit != null) {
            permit.close();
        }
    }

    static @Nullable Admission current() {
        return CURRENT.get();
    }

    /** Short, since the ticket refers to it. */
    @Override
    public String toString() {
        return "Admission[" + handshake + "]";
    }

    /** The WebSocket is there: what its ticket stands for; null if it comes too late, and for what is no ticket. */
    static @Nullable Admission redeem(@Nullable Object ticket) {
        return ticket instanceof AtomicReference<?> held && held.getAndSet(null) instanceof Admission admission
                ? admission
                : null;
    }

    /** Makes this the decision of the calling thread's upgrade. */
    void set() {
        CURRENT.set(this);
    }

    static void clear() {
        CURRENT.remove();
    }
}
