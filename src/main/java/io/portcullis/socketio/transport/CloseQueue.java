package io.portcullis.socketio.transport;

import io.portcullis.socketio.engine.EngineContext;
import io.portcullis.socketio.engine.TimerWheel;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. Closes WebSockets one at a time, on the executor. On Open Liberty 26.0.0.3 a close waits for another thread of
 * the same pool, which on two processors begins with four: a few at the same time would block each other. It also never
 * returns if the client resets the connection at the very moment at which it gets the close frame. So one that takes too long
 * goes on beside the next ones.
 */
final class CloseQueue {

    private static final System.Logger LOG = System.getLogger(CloseQueue.class.getName());

    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final EngineContext context;
    private final long patience;
    private @Nullable Runnable current;

    /**
     * An empty queue.
     *
     * @param patience how long a close may keep the others waiting
     */
    CloseQueue(EngineContext context, Duration patience) {
        this.context = context;
        this.patience = patience.toNanos();
    }

    void add(Runnable close) {
        waiting.add(close);
        goOn(null);
    }

    /** Whether nothing is being closed, but for what took too long. */
    synchronized boolean isIdle() {
        return current == null && waiting.isEmpty();
    }

    /** Goes on if this one, or none, is the current one. A loop, for an executor that refuses one after the other. */
    private void goOn(@Nullable Runnable ended) {
        Runnable close = next(ended);
        while (close != null && !start(close)) {
            run(close);
            close = next(close);
        }
    }

    private synchronized @Nullable Runnable next(@Nullable Runnable ended) {
        if (current != ended) {
            return null;
        }
        current = waiting.poll();
        return current;
    }

    private boolean start(Runnable close) {
        TimerWheel.Timer watch = context.timer().schedule(patience, () -> tookTooLong(close));
        try {
            context.executor().execute(() -> {
                run(close);
                watch.cancel();
                goOn(close);
            });
            return true;
        } catch (RejectedExecutionException e) { // the server stops
            watch.cancel();
            return false;
        }
    }

    private void tookTooLong(Runnable close) {
        LOG.log(System.Logger.Level.DEBUG, "The close of a WebSocket takes long; the next ones no longer wait for it.");
        goOn(close);
    }

    private static void run(Runnable close) {
        try {
            close.run();
        } catch (RuntimeException e) { // the others are to be closed all the same
            LOG.log(System.Logger.Level.WARNING, "A WebSocket could not be closed.", e);
        }
    }
}
