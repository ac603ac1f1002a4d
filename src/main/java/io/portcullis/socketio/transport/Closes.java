package io.portcullis.socketio.transport;

import io.portcullis.socketio.engine.EngineContext;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. Closes WebSockets one at a time, on the executor. On Open Liberty 26.0.0.3 a close waits for another thread of
 * the same pool, which on two processors begins with four: a few at the same time would block each other. One that takes too
 * long goes on beside the next ones.
 */
final class Closes {

    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final EngineContext context;
    private final long patience;
    private @Nullable Runnable current;

    /**
     * An empty queue.
     *
     * @param patience how long a close may keep the others waiting
     */
    Closes(EngineContext context, Duration patience) {
        this.context = context;
        this.patience = patience.toNanos();
    }

    void add(Runnable close) {
        waiting.add(close);
        next(null);
    }

    /** Begins the next one if this one, or none, is the current one. */
    private void next(@Nullable Runnable ended) {
        Runnable close;
        synchronized (this) {
            if (current != ended) {
                return;
            }
            close = waiting.poll();
            current = close;
        }
        if (close != null) {
            context.timer().schedule(patience, () -> next(close));
            start(close);
        }
    }

    private void start(Runnable close) {
        try {
            context.executor().execute(() -> run(close));
        } catch (RejectedExecutionException e) { // the server stops
            run(close);
        }
    }

    private void run(Runnable close) {
        try {
            close.run();
        } finally {
            next(close);
        }
    }
}
