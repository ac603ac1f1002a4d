package io.portcullis.socketio.runtime;

import io.portcullis.socketio.Ack;
import io.portcullis.socketio.Arguments;
import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.protocol.JsonArguments;
import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. A parameter of a handler and where its value comes from.
 *
 * @param source where from
 * @param index the argument's index, from 0; meaningful for arguments and their rest
 * @param type the declared type
 */
record Parameter(Source source, int index, Type type) {

    /** Where values come from, in the order in which a handler may ask for them. */
    enum Source {
        SOCKET("Socket"),
        HANDSHAKE("Handshake"),
        NAME("the event's name as a String"),
        REASON("DisconnectReason"),
        ARGUMENT("the event's arguments"),
        REST("Arguments"),
        ACK("Ack");

        final String words;

        Source(String words) {
            this.words = words;
        }

        /** Tells by the type alone; whether it makes sense there is checked later. */
        static Source of(Type type, HandlerMethod.Kind kind) {
            if (type == Socket.class) {
                return SOCKET;
            } else if (type == Handshake.class) {
                return HANDSHAKE;
            } else if (type == DisconnectReason.class) {
                return REASON;
            } else if (type == Arguments.class) {
                return REST;
            } else if (type == Ack.class) {
                return ACK;
            }
            return type == String.class && kind.takes(NAME) ? NAME : ARGUMENT;
        }
    }

    @Nullable Object value(HandlerCall call, ArgumentBinder binder) {
        return switch (source) {
            case SOCKET -> call.socket();
            case HANDSHAKE -> Objects.requireNonNull(call.socket()).handshake();
            case NAME -> call.event();
            case REASON -> call.reason();
            case ARGUMENT -> binder.bind(arguments(call), call.first(), index, type);
            case REST -> binder.view(arguments(call), call.first() + index);
            case ACK -> call.ack();
        };
    }

    private static JsonArguments arguments(HandlerCall call) {
        return Objects.requireNonNull(call.arguments(), "a call of such a handler has arguments");
    }
}
