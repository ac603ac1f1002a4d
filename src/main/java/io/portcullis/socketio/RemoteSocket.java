package io.portcullis.socketio;

import java.util.Map;
import java.util.Set;

/**
 * Immutable. A socket as it was when it was listed; it may be connected to another node.
 *
 * @param id the socket's id, which is also the room to reach it
 * @param handshake its handshake
 * @param rooms the rooms that it was in
 * @param data a copy of its data
 */
public record RemoteSocket(String id, Handshake handshake, Set<String> rooms, Map<String, Object> data) {

    /**
     * Copies the collections.
     *
     * @param id the socket's id, which is also the room to reach it
     * @param handshake its handshake
     * @param rooms the rooms that it was in
     * @param data a copy of its data
     */
    public RemoteSocket {
        rooms = Set.copyOf(rooms);
        data = Map.copyOf(data);
    }
}
