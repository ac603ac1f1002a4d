package io.portcullis.socketio.engine;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Handshake;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Thread-safe. The sessions of all endpoints, shared by both doors. */
public final class SessionRegistry {

    private final ConcurrentHashMap<String, Session> sessions = new ConcurrentHashMap<>();
    private final EngineContext context;
    private final AtomicReference<@Nullable CompletableFuture<Void>> drained = new AtomicReference<>();

    /**
     * Makes an empty one.
     *
     * @param context what all sessions share
     */
    public SessionRegistry(EngineContext context) {
        this.context = context;
    }

    /**
     * What all sessions share.
     *
     * @return the context
     */
    public EngineContext context() {
        return context;
    }

    /**
     * Opens a session; its first packet is on its way when the method returns.
     *
     * @param endpoint where
     * @param handshake for whom
     * @param transport over which transport
     * @param created told of the session before anything else happens with it
     * @return the session
     */
    public Session open(EngineEndpoint endpoint, Handshake handshake, Transport transport, Consumer<Session> created) {
        Session session = new Session(handshake, endpoint, transport, this);
        created.accept(session);
        sessions.put(session.id(), session);
        session.enqueue(List.of(endpoint.openPacket(session.id(), transport.name())));
        endpoint.listener().opened(session); // before a send can fail and end the session
        session.flush();
        return session;
    }

    /**
     * Finds a session of an endpoint.
     *
     * @param endpoint where the client asks
     * @param id what the client sent
     * @return the session; null if there is none, or none any more
     */
    @SuppressWarnings("ReferenceEquality") // an endpoint is itself, whatever another one looks like
    public @Nullable Session find(EngineEndpoint endpoint, String id) {
        Session session = sessions.get(id);
        return session == null || session.endpoint() != endpoint || session.isExpired() ? null : session;
    }

    void remove(Session session) {
        sessions.remove(session.id(), session);
    }

    /**
     * How many sessions there are, those included whose clients are still to be told of the end.
     *
     * @return zero or more
     */
    public int size() {
        return sessions.size();
    }

    /**
     * Ends all sessions in slices, each after what waits has been sent: the server is to stop. From now on {@link
     * #isDraining} tells that no new ones should be opened. Asked again, goes on with what has begun.
     *
     * @param spread over how long
     * @return completed when the last one has ended; at the latest two seconds after that time
     */
    public CompletionStage<Void> drain(Duration spread) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> first = drained.compareAndExchange(null, mine);
        if (first != null) {
            return first;
        }
        new Drain(this, sessions.values().iterator(), spread).start().thenRun(() -> mine.complete(null));
        return mine;
    }

    /**
     * Whether the server is about to stop.
     *
     * @return true once {@link #drain} was called
     */
    public boolean isDraining() {
        return drained.get() != null;
    }

    /** Ends all sessions at once. */
    public void closeAll() {
        sessions.values().forEach(session -> session.close(DisconnectReason.SERVER_SHUTTING_DOWN));
    }
}
