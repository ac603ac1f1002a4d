package io.portcullis.socketio.adapter;

import io.portcullis.socketio.RemoteSocket;
import io.portcullis.socketio.RoomEvent;
import io.portcullis.socketio.protocol.Packet;
import org.jspecify.annotations.Nullable;

/** Thread-safe. The little that an adapter may ask of its node. Implemented by a namespace. */
public interface LocalSockets {

    /** One connected socket. */
    interface Member {

        /**
         * The socket's id.
         *
         * @return as its client knows it
         */
        String id();
    }

    /** An event that was encoded once for all who receive it. */
    interface Outgoing {

        /**
         * Sends it to a socket; returns at once.
         *
         * @param member who receives it
         */
        void sendTo(Member member);

        /**
         * Queues it for a socket, for a {@link LocalSockets#flush} that follows. Waits for nothing and calls no
         * application; nothing else with an offset is queued meanwhile.
         *
         * @param member who receives it
         * @param sequence its number in the recovery log
         */
        void enqueueFor(Member member, long sequence);
    }

    /**
     * Encodes an event.
     *
     * @param event the event
     * @param flags how it is to be delivered
     * @return what can be sent
     */
    Outgoing encode(Packet.Event event, Flags flags);

    /**
     * Sends what was queued for a socket; returns at once.
     *
     * @param member the socket
     * @param event what was queued
     */
    void flush(Member member, Packet.Event event);

    /**
     * Ends the whole connection of a socket for which something could not be queued: it must not receive what follows.
     * Its client may come back, and recover what is missing.
     *
     * @param member the socket
     */
    void cutOff(Member member);

    /**
     * Describes a socket.
     *
     * @param member the socket
     * @return a snapshot
     */
    RemoteSocket describe(Member member);

    /**
     * Disconnects a socket.
     *
     * @param member the socket
     * @param close true to close its whole connection
     */
    void disconnect(Member member, boolean close);

    /**
     * Tells what happened to a room, after it happened, once. What one socket does is told in the order in which it
     * happened: CREATED directly before the JOINED of the socket that made the room, DELETED directly after the LEFT of the
     * last. Of sockets that enter or leave a room at the same time each is told by its own thread, in any order: another's
     * JOINED may come before CREATED, and the CREATED of a room that comes again before its DELETED. No lock of the room is
     * held, only that of the socket that enters or leaves.
     *
     * @param type what happened
     * @param room the room
     * @param socketId who entered or left, or null
     */
    void roomChanged(RoomEvent.Type type, String room, @Nullable String socketId);
}
