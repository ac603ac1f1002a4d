package io.portcullis.socketio.runtime;

import io.portcullis.socketio.Socket;
import org.jspecify.annotations.Nullable;

/** Thread-safe. The socket that the calling thread serves, set around each call of a handler. */
final class CurrentSocket {

    private static final ThreadLocal<@Nullable Socket> CURRENT = new ThreadLocal<>();

    private CurrentSocket() {}

    static @Nullable Socket get() {
        return CURRENT.get();
    }

    /** Sets the socket, or clears it with null, and returns the former one, which the caller puts back. */
    static @Nullable Socket set(@Nullable Socket socket) {
        if (socket instanceof InjectedSocket) {
            throw new IllegalArgumentException(
                    "expected a socket of the server, found the injected one that leads to it");
        }
        Socket former = CURRENT.get();
        if (socket == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(socket);
        }
        return former;
    }
}
