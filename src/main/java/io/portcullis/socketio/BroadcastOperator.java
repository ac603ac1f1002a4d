package io.portcullis.socketio;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. A selection of sockets of one namespace, and what can be done to all of them. Each method that narrows or
 * widens it returns a new one.
 *
 * <p>Rooms are a union: {@code to("a").to("b")} selects each socket once that is in {@code a} or {@code b}; no room
 * selects the whole namespace. {@code except} removes.
 *
 * <pre>{@code
 * io.of("/chat").to("topic:news").except("user:42").emit("headline", text);
 * }</pre>
 */
public interface BroadcastOperator {

    /**
     * Adds rooms.
     *
     * @param rooms their names
     * @return the wider selection
     */
    BroadcastOperator to(String... rooms);

    /**
     * Adds rooms; the same as {@link #to}.
     *
     * @param rooms their names
     * @return the wider selection
     */
    default BroadcastOperator in(String... rooms) {
        return to(rooms);
    }

    /**
     * Leaves out whoever is in one of the rooms.
     *
     * @param rooms their names
     * @return the narrower selection
     */
    BroadcastOperator except(String... rooms);

    /**
     * Keeps to the sockets of this node.
     *
     * @return the selection on this node
     */
    BroadcastOperator local();

    /**
     * Makes events volatile: a receiver whose transport cannot take one at once does not get it.
     *
     * @return a broadcast that may drop
     */
    BroadcastOperator asVolatile();

    /**
     * Chooses whether answers of polls that carry the event may be compressed. The default is true.
     *
     * @param compress false to send it as it is
     * @return a broadcast with this choice
     */
    BroadcastOperator compress(boolean compress);

    /**
     * Limits the time to wait for acknowledgements. Without it the server's {@code socketio.ack-timeout} counts.
     *
     * @param timeout greater than zero
     * @return a broadcast with this limit
     */
    BroadcastOperator timeout(Duration timeout);

    /**
     * Sends an event to every selected socket. It is encoded once.
     *
     * @param event its name; none of Socket.IO's reserved ones
     * @param arguments as for {@link SocketEmitter#emit}
     * @throws IllegalArgumentException if the name is reserved or an argument cannot be written as JSON
     */
    void emit(String event, @Nullable Object... arguments);

    /**
     * Sends an event to every selected socket and gathers the first argument of each answer.
     *
     * @param <T> the type of the answers
     * @param type the type that each answer is bound to
     * @param event as for {@link #emit}
     * @param arguments as for {@link #emit}
     * @return completes with one answer for each socket, in the order of their arrival (at once with none if nobody is
     *     selected); fails with {@link AckTimeoutException}, which has the answers so far, also if a socket goes before it
     *     answers; fails with {@link InvalidArgumentException} when an answer has another type
     * @throws IllegalArgumentException as for {@link #emit}
     */
    <T> CompletionStage<List<T>> emitWithAck(Class<T> type, String event, @Nullable Object... arguments);

    /**
     * Lists the selected sockets, on all nodes.
     *
     * @return completes with a snapshot
     */
    CompletionStage<List<RemoteSocket>> fetchSockets();

    /**
     * Makes the selected sockets enter rooms.
     *
     * @param rooms their names
     */
    void socketsJoin(String... rooms);

    /**
     * Makes the selected sockets leave rooms.
     *
     * @param rooms their names
     */
    void socketsLeave(String... rooms);

    /**
     * Disconnects the selected sockets.
     *
     * @param close true to close their whole connections
     */
    void disconnectSockets(boolean close);
}
