package io.portcullis.socketio.ratelimit;

import java.util.ArrayList;
import java.util.List;

/** Thread-safe. The place that a connection takes among those that are counted; given back once, whoever does it first. */
public final class Permit implements AutoCloseable {

    private final List<Runnable> counts = new ArrayList<>(4);
    private boolean closed;

    Permit() {}

    /** Remembers what to undo; undoes it at once if the permit has been given back already. */
    void onClose(Runnable undo) {
        synchronized (counts) {
            if (!closed) {
                counts.add(undo);
                return;
            }
        }
        undo.run();
    }

    /** Gives it back; nothing happens the second time. */
    @Override
    public void close() {
        List<Runnable> undone;
        synchronized (counts) {
            closed = true;
            undone = List.copyOf(counts);
            counts.clear();
        }
        undone.forEach(Runnable::run);
    }
}
