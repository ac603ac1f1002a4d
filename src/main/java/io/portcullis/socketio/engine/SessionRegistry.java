package io.portcullis.socketio.engine;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Handshake;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Thread-safe. The sessions of all endpoints, shared by both doors. */
public final class SessionRegistry {

    private final ConcurrentHashMap<String, Session> sessions = new ConcurrentHashMap<>();
    private final EngineContext context;

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
        session.send(endpoint.openPacket(session.id(), transport.name()), List.of(), false);
        endpoint.listener().opened(session);
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

    /** Ends all sessions: the server stops. */
    public void closeAll() {
        sessions.values().forEach(session -> session.close(DisconnectReason.SERVER_SHUTTING_DOWN));
    }
}
