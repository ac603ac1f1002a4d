package io.portcullis.socketio.security;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Thread-safe. Has something looked at in the store every few turns, elsewhere, and knows whether what was seen is fresh. A look that
 * the executor has lost, or that does not return, is tried again; meanwhile the store counts as away.
 */
final class Lookout {

    private static final System.Logger LOG = System.getLogger(Lookout.class.getName());

    static final int TURNS_BETWEEN = 3;
    static final int TURNS_OF_A_LOST_ONE = 30;
    static final int FRESH_TURNS = 10;

    private final Executor executor;
    private final Runnable look;
    private final AtomicInteger untilNext = new AtomicInteger(TURNS_BETWEEN);
    private final AtomicInteger sinceSeen = new AtomicInteger();

    /**
     * Looks nowhere before {@link #turn} is called.
     *
     * @param look waits for the store, and throws if it does not answer
     */
    Lookout(Executor executor, Runnable look) {
        this.executor = executor;
        this.look = look;
    }

    /** Called once a second. Does not wait. */
    void turn() {
        sinceSeen.updateAndGet(turns -> Math.min(turns + 1, FRESH_TURNS));
        if (untilNext.decrementAndGet() > 0) {
            return;
        }
        untilNext.set(TURNS_OF_A_LOST_ONE);
        try {
            executor.execute(this::lookOnce);
        } catch (RejectedExecutionException e) { // all are busy
            LOG.log(System.Logger.Level.DEBUG, "The executor takes nothing now.", e);
            untilNext.set(1);
        }
    }

    private void lookOnce() {
        try {
            look.run();
            sinceSeen.set(0);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "The store does not answer now.", e);
            sinceSeen.set(FRESH_TURNS);
        } finally {
            untilNext.set(TURNS_BETWEEN);
        }
    }

    /** Whether the store has answered lately. */
    boolean isFresh() {
        return sinceSeen.get() < FRESH_TURNS;
    }
}
