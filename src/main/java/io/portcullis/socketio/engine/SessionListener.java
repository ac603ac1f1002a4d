package io.portcullis.socketio.engine;

import io.portcullis.socketio.ConnectRefusedException;
import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Handshake;

/**
 * What the layer above a session must do. Socket.IO is one implementation; an application's CDI bean that implements it
 * and is {@code @Named} like an endpoint turns this endpoint into a bare Engine.IO one.
 *
 * <p>Must be thread-safe. Calls for one session come one after another, in order, on the server's threads: they must not
 * block.
 */
public interface SessionListener {

    /**
     * Asked before a session is made.
     *
     * @param handshake what the client sent
     * @throws ConnectRefusedException to refuse it; its message is shown to the client
     */
    default void check(Handshake handshake) {}

    /**
     * A session has been opened; the client does not know yet.
     *
     * @param session the session
     */
    default void opened(Session session) {}

    /**
     * A text message has arrived.
     *
     * @param session from whom
     * @param text its content
     */
    void message(Session session, String text);

    /**
     * A binary message has arrived.
     *
     * @param session from whom
     * @param data its content, which is the listener's to keep
     */
    void message(Session session, byte[] data);

    /**
     * The session changed from polling to WebSocket.
     *
     * @param session the session
     */
    default void upgraded(Session session) {}

    /**
     * The server is to stop, and the session about to be closed: the last moment to send something. Called on the timer.
     *
     * @param session the session
     */
    default void draining(Session session) {}

    /**
     * The session has ended. Called once; nothing arrives after it.
     *
     * @param session the session
     * @param reason why
     */
    default void closed(Session session, DisconnectReason reason) {}
}
