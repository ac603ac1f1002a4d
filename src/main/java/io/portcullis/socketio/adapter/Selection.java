package io.portcullis.socketio.adapter;

import java.util.Set;

/**
 * Immutable. Which sockets of a namespace: those in any of the rooms, or all if there are none, less those in any of the
 * excepted rooms. A socket's id is a room with this one socket in it.
 *
 * @param rooms the rooms
 * @param except the excepted rooms
 */
public record Selection(Set<String> rooms, Set<String> except) {

    /** Everybody. */
    public static final Selection ALL = new Selection(Set.of(), Set.of());

    /** Copies the sets. */
    public Selection {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    /**
     * Everybody in one room.
     *
     * @param room its name
     * @return the selection
     */
    public static Selection of(String room) {
        return new Selection(Set.of(room), Set.of());
    }
}
