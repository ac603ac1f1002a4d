package io.portcullis.socketio.runtime;

import io.portcullis.socketio.Ack;
import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.protocol.JsonArguments;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. All that one call can give to a handler.
 *
 * @param socket whom it serves; null for server events
 * @param event the event's name, if there is one
 * @param arguments all elements of the packet; for events the name is the first
 * @param first the index of the handler's first argument among them
 * @param ack the client's acknowledgement, for events
 * @param reason why the socket goes, for the disconnect handlers
 */
record HandlerCall(
        @Nullable Socket socket,
        @Nullable String event,
        @Nullable JsonArguments arguments,
        int first,
        @Nullable Ack ack,
        @Nullable DisconnectReason reason) {}
