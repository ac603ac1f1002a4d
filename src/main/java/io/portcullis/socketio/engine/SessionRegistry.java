package io.portcullis.socketio.engine;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Handshake;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Thread-safe. The sessions of all endpoints, shared by both doors. */
public final class SessionRegistry {

    private static final System.Logger LOG = System.getLogger(SessionRegistry.class.getName());

    private final ConcurrentHashMap<String, Session> sessions = new ConcurrentHashMap<>();
    private final EngineContext context;
    private final AtomicReference<@Nullable Drain> drain = new AtomicReference<>();

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
        session.enqueue(List.of(endpoint.openPacket(session.id(), transport.name())));
        endpoint.listener().opened(session); // before a send can fail and end the session
        sessions.put(session.id(), session);
        if (session.isClosed()) {
            remove(session);
        }
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
     * #isDraining} tells that no new ones should be opened. Asked again, goes on with what has begun, faster if need be.
     *
     * @param spread over how long, from zero
     * @return completed on the timer when the last one has ended; at the latest two seconds after that time
     */
    public CompletionStage<Void> drain(Duration spread) {
        Drain mine = new Drain(this, sessions.values());
        mine.spread(spread);
        Drain running = drain.compareAndExchange(null, mine);
        if (running != null) {
            running.spread(spread);
            return running.ended();
        }
        mine.start();
        return mine.ended();
    }

    /**
     * Whether the server is about to stop.
     *
     * @return true once {@link #drain} was called
     */
    public boolean isDraining() {
        return drain.get() != null;
    }

    /**
     * Ends the sessions of one endpoint whose clients would not be let in any more, each after what waits has been sent.
     *
     * @param endpoint the endpoint's name
     * @param reason why
     */
    public void closeRefused(String endpoint, DisconnectReason reason) {
        for (Session session : sessions.values()) {
            if (session.endpoint().config().name().equals(endpoint) && !session.mayStay()) {
                try {
                    session.closeGracefully(reason);
                } catch (RuntimeException e) { // one failing listener must not keep the others here
                    LOG.log(System.Logger.Level.ERROR, "A listener failed at the end of its session.", e);
                }
            }
        }
    }

    /** Ends all sessions at once. */
    public void closeAll() {
        for (Session session : sessions.values()) {
            try {
                session.close(DisconnectReason.SERVER_SHUTTING_DOWN);
            } catch (RuntimeException e) { // one failing listener must not keep the others here
                LOG.log(System.Logger.Level.ERROR, "A listener failed at the end of its session.", e);
            }
        }
    }
}
