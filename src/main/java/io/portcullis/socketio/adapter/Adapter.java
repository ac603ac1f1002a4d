package io.portcullis.socketio.adapter;

import io.portcullis.socketio.RemoteSocket;
import io.portcullis.socketio.protocol.JsonArguments;
import io.portcullis.socketio.protocol.Packet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rooms and delivery for one namespace: the seam between a node and a cluster. Thread-safe; no method waits for another
 * node.
 */
public interface Adapter {

    /**
     * Takes a socket in. From now on broadcasts reach it.
     *
     * @param member the socket
     * @param rooms the rooms that it enters at once
     */
    void add(LocalSockets.Member member, Collection<String> rooms);

    /**
     * Forgets a socket: it leaves all rooms and cannot enter one again.
     *
     * @param member the socket
     * @return the rooms that it was in, its id included
     */
    Set<String> remove(LocalSockets.Member member);

    /**
     * Makes a socket enter rooms; without effect if it has been removed.
     *
     * @param member the socket
     * @param rooms their names
     */
    void join(LocalSockets.Member member, Collection<String> rooms);

    /**
     * Makes a socket leave a room.
     *
     * @param member the socket
     * @param room its name
     */
    void leave(LocalSockets.Member member, String room);

    /**
     * The rooms of a socket.
     *
     * @param member the socket
     * @return a copy, its id included; empty if it has been removed
     */
    Set<String> rooms(LocalSockets.Member member);

    /**
     * Sends an event to all selected sockets, here and on other nodes.
     *
     * @param event the event
     * @param selection who receives it
     * @param flags how it is to be delivered
     */
    void broadcast(Packet.Event event, Selection selection, Flags flags);

    /**
     * Lists all selected sockets, here and on other nodes.
     *
     * @param selection which
     * @return completes with a snapshot
     */
    CompletionStage<List<RemoteSocket>> fetchSockets(Selection selection);

    /**
     * Makes all selected sockets enter rooms, here and on other nodes.
     *
     * @param selection which
     * @param rooms their names
     */
    void socketsJoin(Selection selection, Collection<String> rooms);

    /**
     * Makes all selected sockets leave rooms, here and on other nodes.
     *
     * @param selection which
     * @param rooms their names
     */
    void socketsLeave(Selection selection, Collection<String> rooms);

    /**
     * Disconnects all selected sockets, here and on other nodes.
     *
     * @param selection which
     * @param close true to close their whole connections
     */
    void disconnectSockets(Selection selection, boolean close);

    /**
     * Sends an event to this namespace's handlers on all other nodes.
     *
     * @param event the event
     * @return completes with one answer for each other node
     */
    CompletionStage<List<JsonArguments>> serverSideEmit(JsonArguments event);

    /**
     * Calls with each selected socket of this node, once.
     *
     * @param selection which
     * @param action must not block
     */
    void forEachLocal(Selection selection, Consumer<LocalSockets.Member> action);

    /**
     * How many sockets there are on this node.
     *
     * @return zero or more
     */
    int size();

    /**
     * How many rooms there are on this node, the sockets' own not counted.
     *
     * @return zero or more
     */
    int roomCount();

    /**
     * Gives an event its offset and keeps it for recovery; the caller delivers it, {@link #inOrder}.
     *
     * @param event an event without an acknowledgement
     * @param selection to whom it is sent
     * @return the event with its offset; as it was if recovery is off
     */
    Packet.Event record(Packet.Event event, Selection selection);

    /**
     * Runs something while no event gets an offset but by it, so that what it queues is in the order of the offsets.
     *
     * @param action must neither block nor call an application
     */
    void inOrder(Runnable action);

    /**
     * Keeps the state of a lost connection for a while; without effect if recovery is off.
     *
     * @param state the state
     */
    void keep(RecoverableState state);

    /**
     * Takes a kept state back, once.
     *
     * @param secret the client's secret session id
     * @param offset the last offset that the client saw
     * @return the state; null if it is not known, too old, or the offset is not known any more
     */
    @Nullable RecoverableState take(String secret, String offset);

    /**
     * Lists the events that a recovered socket has missed.
     *
     * @param rooms the rooms that it is in
     * @param offset the last offset that the client saw
     * @return the events with their offsets, in order
     */
    List<RecoveryLog.Entry> missed(Set<String> rooms, String offset);

    /**
     * Forgets what is too old to be recovered. Called now and then.
     *
     * @return whether no state is kept any more
     */
    boolean cleanUp();

    /**
     * What a lost connection may continue with. Immutable but for the data.
     *
     * @param socketId the socket's id
     * @param secret the client's secret session id
     * @param rooms the rooms that it was in
     * @param data the application's data
     */
    record RecoverableState(String socketId, String secret, Set<String> rooms, Map<String, Object> data) {

        /** Copies the rooms. */
        public RecoverableState {
            rooms = Set.copyOf(rooms);
        }
    }
}
