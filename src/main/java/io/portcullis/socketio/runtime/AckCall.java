package io.portcullis.socketio.runtime;

import io.portcullis.socketio.Ack;
import io.portcullis.socketio.protocol.JsonArguments;
import io.portcullis.socketio.protocol.Packet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Thread-safe. The acknowledgement callback of one event. */
final class AckCall implements Ack {

    private final ServerSocket socket;
    private final long id;
    private final AtomicBoolean called = new AtomicBoolean();

    AckCall(ServerSocket socket, long id) {
        this.socket = socket;
        this.id = id;
    }

    @Override
    public void send(@Nullable Object... arguments) {
        if (isRequested() && !called.get()) {
            JsonArguments written = socket.namespaceRuntime().writer().ack(arguments);
            if (called.compareAndSet(false, true)) {
                socket.acknowledge(id, written);
            }
        }
    }

    /** Acknowledges with one argument, or with all of {@link io.portcullis.socketio.Arguments}. */
    void sendOne(@Nullable Object argument) {
        send(new @Nullable Object[] {argument});
    }

    @Override
    public boolean isRequested() {
        return id != Packet.NO_ID;
    }
}
