package io.portcullis.socketio.protocol;

import java.util.Set;

/** Names that neither side may give to an event. Source: Socket.IO protocol 5; socket.io-parser, RESERVED_EVENTS. */
public final class ReservedEvents {

    private static final Set<String> NAMES =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private ReservedEvents() {}

    /**
     * Whether a name is reserved.
     *
     * @param name of an event
     * @return true if it must not be used
     */
    public static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
