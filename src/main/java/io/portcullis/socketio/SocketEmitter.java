package io.portcullis.socketio;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. Sends events to one client. The modifiers return a new emitter and leave this one as it is.
 *
 * <pre>{@code
 * socket.emit("news", headline);
 * socket.timeout(Duration.ofSeconds(5)).emitWithAck(Boolean.class, "question", text).thenAccept(this::answered);
 * }</pre>
 */
public interface SocketEmitter {

    /**
     * Sends an event. Returns at once; what cannot be sent yet waits in the session's bounded queue. Does nothing if the
     * socket has gone.
     *
     * @param event its name; none of Socket.IO's reserved ones
     * @param arguments values that JSON-B can write, {@code byte[]} and {@code ByteBuffer} at any depth, {@link
     *     Arguments} (spread), null
     * @throws IllegalArgumentException if the name is reserved or an argument cannot be written as JSON
     */
    void emit(String event, @Nullable Object... arguments);

    /**
     * Sends an event and asks for an acknowledgement.
     *
     * @param event as for {@link #emit}
     * @param arguments as for {@link #emit}
     * @return completes with the arguments of the client's answer; fails with {@link AckTimeoutException} after the
     *     {@link #timeout}, with {@link SocketClosedException} when the socket goes first, or owes {@code
     *     socketio.max-pending-acks} acknowledgements already
     * @throws IllegalArgumentException as for {@link #emit}
     */
    CompletionStage<Arguments> emitWithAck(String event, @Nullable Object... arguments);

    /**
     * Sends an event and asks for an acknowledgement with one argument.
     *
     * @param <T> the type of the answer
     * @param type the type that the answer's first argument is bound to
     * @param event as for {@link #emit}
     * @param arguments as for {@link #emit}
     * @return completes with the answer; fails as {@link #emitWithAck(String, Object...)} does, or with {@link
     *     InvalidArgumentException} when the answer has another type
     * @throws IllegalArgumentException as for {@link #emit}
     */
    <T> CompletionStage<T> emitWithAck(Class<T> type, String event, @Nullable Object... arguments);

    /**
     * Makes events volatile: they are dropped when the transport cannot take them at once.
     *
     * @return an emitter that may drop
     */
    SocketEmitter asVolatile();

    /**
     * Chooses whether the answer of a poll that carries the event may be compressed. The default is true.
     *
     * @param compress false to send it as it is
     * @return an emitter with this choice
     */
    SocketEmitter compress(boolean compress);

    /**
     * Limits the time to wait for an acknowledgement. Without it the server's {@code socketio.ack-timeout} counts.
     *
     * @param timeout greater than zero
     * @return an emitter with this limit
     */
    SocketEmitter timeout(Duration timeout);
}
