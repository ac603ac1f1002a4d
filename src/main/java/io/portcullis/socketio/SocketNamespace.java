package io.portcullis.socketio;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Thread-safe. One namespace of a server: a {@link BroadcastOperator} that selects all of its sockets. */
public interface SocketNamespace extends BroadcastOperator {

    /**
     * The namespace's name.
     *
     * @return begins with a slash
     */
    String name();

    /**
     * How many sockets are connected to it on this node.
     *
     * @return zero or more
     */
    int size();

    /**
     * Disconnects one socket of this node, and nobody else who may be in the room of its id.
     *
     * @param socketId the socket's id
     * @param close true to close its whole connection
     * @return false if there is no such socket
     */
    boolean disconnectSocket(String socketId, boolean close);

    /**
     * Sends an event to the {@link OnServerEvent} handlers of all other nodes of the cluster.
     *
     * @param event its name
     * @param arguments as for {@link SocketEmitter#emit}
     */
    void serverSideEmit(String event, @Nullable Object... arguments);

    /**
     * Sends an event to the {@link OnServerEvent} handlers of all other nodes and gathers their answers.
     *
     * @param <T> the type of the answers
     * @param type the type that each answer is bound to
     * @param event its name
     * @param arguments as for {@link SocketEmitter#emit}
     * @return completes with one answer for each other node: with none at once when there is no other
     */
    <T> CompletionStage<List<T>> serverSideEmitWithAck(Class<T> type, String event, @Nullable Object... arguments);
}
