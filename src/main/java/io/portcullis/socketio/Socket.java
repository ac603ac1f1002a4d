package io.portcullis.socketio;

import java.security.Principal;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. One client in one namespace. A client that is connected to three namespaces has three sockets over one
 * connection. After the end every method still answers, and none has an effect.
 *
 * <p>{@code @Inject Socket} gives, while a handler runs, the socket that it serves.
 */
public interface Socket extends SocketEmitter {

    /**
     * The socket's public id, which clients know as {@code socket.id}. It also names a room with this one socket in it.
     *
     * @return 27 characters of base64url; it has nothing to do with the secret id of the session
     */
    String id();

    /**
     * The namespace's name.
     *
     * @return begins with a slash
     */
    String namespace();

    /**
     * What was known about the client when it connected.
     *
     * @return the handshake, with the auth payload of this namespace
     */
    Handshake handshake();

    /**
     * Who the client is.
     *
     * @return the principal of the handshake; null if it is anonymous
     */
    @Nullable Principal principal();

    /**
     * Tells whether the socket is connected: false before the connection is confirmed and after the end.
     *
     * @return true while events can be exchanged
     */
    boolean isConnected();

    /**
     * Tells whether this connection goes on where a lost one ended: same id, rooms and data, missed events sent.
     *
     * @return true if its state was recovered
     */
    boolean isRecovered();

    /**
     * The transport in use now.
     *
     * @return {@code polling} or {@code websocket}
     */
    String transport();

    /**
     * Values that the application keeps with the socket. They survive a recovered reconnection.
     *
     * @return a live map
     */
    ConcurrentMap<String, Object> data();

    /**
     * The rooms that the socket is in; its own {@link #id()} is one of them.
     *
     * @return a copy
     */
    Set<String> rooms();

    /**
     * Enters rooms, all or none. Does nothing for those it is in, or when the socket has gone.
     *
     * @param rooms their names
     */
    void join(String... rooms);

    /**
     * Leaves a room. Does nothing if the socket is not in it.
     *
     * @param room its name
     */
    void leave(String room);

    /**
     * Addresses the other sockets in rooms of this namespace, whether this socket is in them or not.
     *
     * @param rooms their names
     * @return a broadcast that leaves this socket out
     */
    BroadcastOperator to(String... rooms);

    /**
     * Addresses all other sockets of this namespace.
     *
     * @return a broadcast that leaves this socket out
     */
    BroadcastOperator broadcast();

    /**
     * Removes the socket from its namespace; the client will not reconnect by itself.
     *
     * @param close true to close the whole connection with the client's sockets of all namespaces
     */
    void disconnect(boolean close);
}
