package io.portcullis.socketio.engine;

import java.util.List;

/**
 * What carries the packets of a session: a WebSocket, or the polls of a client. Implemented once for each kind. A session
 * never has two sends in flight on one transport.
 */
public interface Transport {

    /**
     * The name on the wire.
     *
     * @return {@code polling} or {@code websocket}
     */
    String name();

    /**
     * Whether a send would start at once.
     *
     * @return false while there is no poll to answer, or after the end
     */
    boolean isWritable();

    /**
     * How many packets one send may take.
     *
     * @return 1 or more
     */
    int batchSize();

    /**
     * Sends packets. A failure closes the transport and tells the session so.
     *
     * @param packets at least one, at most {@link #batchSize}
     * @param sent called when an asynchronous send has ended well; never called when the method returns true
     * @return true if the send has ended before the method returned
     */
    boolean send(List<EnginePacket> packets, Runnable sent);

    /**
     * Ends the transport. Without effect after the first call.
     *
     * @param how what the client is told
     */
    void close(Closing how);

    /** What a client is told when its transport ends. */
    enum Closing {
        /** The server ends the session, or finds it dead. */
        SESSION_CLOSED,
        /** The client has said goodbye. */
        CLIENT_CLOSED,
        /** A message was too large. */
        TOO_BIG,
        /** The session goes on over another transport, or the attempt to change it has failed. */
        DISCARDED,
        /** The server stops. */
        GOING_AWAY
    }
}
