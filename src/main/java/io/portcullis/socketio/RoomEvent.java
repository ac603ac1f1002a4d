package io.portcullis.socketio;

import org.jspecify.annotations.Nullable;

/**
 * A CDI event: something happened to a room on this node. Observers must not block.
 *
 * @param type what happened
 * @param endpoint the endpoint's name
 * @param namespace the namespace's name
 * @param room the room's name
 * @param socketId who entered or left; null when the room itself came or went
 */
public record RoomEvent(Type type, String endpoint, String namespace, String room, @Nullable String socketId) {

    /** What can happen to a room; a room exists while a socket is in it. */
    public enum Type {
        /** The first socket has entered; told before its {@link #JOINED}. */
        CREATED,
        /** A socket has entered. */
        JOINED,
        /** A socket has left. */
        LEFT,
        /** The last socket has left. */
        DELETED
    }
}
