package io.portcullis.socketio.runtime;

import io.portcullis.socketio.protocol.JsonArguments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Thread-safe. The acknowledgements that one socket owes us. An id belongs to the socket that it was sent to. */
final class PendingAcks {

    /** Whoever waits for an acknowledgement. Called once, with the answer or without. */
    interface Waiting {
        void answered(JsonArguments arguments);

        void closed();
    }

    private final int max;
    private @Nullable Map<Long, Waiting> waiting = new HashMap<>(2);

    PendingAcks(int max) {
        this.max = max;
    }

    /** Waits; false if the socket has gone, or owes too many. */
    synchronized boolean await(long id, Waiting waiter) {
        if (waiting == null || waiting.size() >= max) {
            return false;
        }
        waiting.put(id, waiter);
        return true;
    }

    void answer(long id, JsonArguments arguments) {
        Waiting waiter = forget(id);
        if (waiter != null) {
            waiter.answered(arguments);
        }
    }

    /** Stops waiting for one. */
    synchronized @Nullable Waiting forget(long id) {
        return waiting == null ? null : waiting.remove(id);
    }

    /** The socket has gone: nobody will answer. */
    void close() {
        List<Waiting> left;
        synchronized (this) {
            left = waiting == null ? List.of() : new ArrayList<>(waiting.values());
            waiting = null;
        }
        left.forEach(Waiting::closed);
    }

    synchronized int size() {
        return waiting == null ? 0 : waiting.size();
    }
}
