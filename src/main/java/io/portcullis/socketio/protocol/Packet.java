package io.portcullis.socketio.protocol;

import org.jspecify.annotations.Nullable;

/** Immutable. What two Socket.IO peers say to each other. Source: Socket.IO protocol 5, "Packet types". */
public sealed interface Packet {

    /** The id of an event that asks for no acknowledgement. */
    long NO_ID = -1;

    /**
     * The namespace that it belongs to.
     *
     * @return begins with a slash
     */
    String namespace();

    /**
     * Asks to enter a namespace, or confirms it.
     *
     * @param namespace the namespace
     * @param data a JSON object; null for none
     */
    record Connect(String namespace, @Nullable String data) implements Packet {}

    /**
     * Leaves a namespace.
     *
     * @param namespace the namespace
     */
    record Disconnect(String namespace) implements Packet {}

    /**
     * An event.
     *
     * @param namespace the namespace
     * @param id of the acknowledgement that it asks for, or {@link #NO_ID}
     * @param data its name, then its arguments
     */
    record Event(String namespace, long id, JsonArguments data) implements Packet {}

    /**
     * An acknowledgement.
     *
     * @param namespace the namespace
     * @param id of the event
     * @param data its arguments
     */
    record Ack(String namespace, long id, JsonArguments data) implements Packet {}

    /**
     * Refuses a {@link Connect}.
     *
     * @param namespace the namespace
     * @param data a JSON object or string
     */
    record ConnectError(String namespace, String data) implements Packet {}
}
