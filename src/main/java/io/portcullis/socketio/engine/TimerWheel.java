package io.portcullis.socketio.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. All heartbeats and deadlines of the server: a hashed wheel that one scheduled task turns. Starting and
 * cancelling a timer costs the same however many there are.
 *
 * <p>A task runs on the turning thread, never early, and late by at most one tick. It must not block and must not throw.
 */
public final class TimerWheel {

    private static final System.Logger LOG = System.getLogger(TimerWheel.class.getName());
    private static final int SLOTS = 1024;

    private final long tickNanos;
    private final LongSupplier nanoTime;
    private final long start;
    private final Timer[] slots = new Timer[SLOTS];
    private long ticks;
    private int size;
    private volatile long lastTurn;

    /**
     * Makes a wheel that stands still until {@link #turn} is called.
     *
     * @param tickNanos how often it will be turned, in nanoseconds
     * @param nanoTime the monotonic clock
     */
    public TimerWheel(long tickNanos, LongSupplier nanoTime) {
        this.tickNanos = tickNanos;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        for (int i = 0; i < SLOTS; i++) {
            Timer head = new Timer(this, 0, () -> {});
            head.next = head;
            head.previous = head;
            slots[i] = head;
        }
    }

    /**
     * Runs a task once.
     *
     * @param delayNanos from now, in nanoseconds
     * @param task must not block
     * @return the timer, to cancel it
     */
    public Timer schedule(long delayNanos, Runnable task) {
        long due = nanoTime.getAsLong() - start + Math.max(0, delayNanos);
        Timer timer = new Timer(this, due, task);
        synchronized (this) {
            timer.insertBefore(slots[(int) (Math.max(due / tickNanos, ticks) % SLOTS)]);
            size++;
        }
        return timer;
    }

    /** Runs everything that is due. Called once a tick, by one thread at a time. */
    public void turn() {
        for (Timer timer : due()) {
            try {
                timer.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "A timer failed.", e);
            }
        }
    }

    private synchronized List<Timer> due() {
        long now = nanoTime.getAsLong() - start;
        lastTurn = now;
        List<Timer> due = new ArrayList<>();
        long last = Math.max(now / tickNanos, ticks);
        // after a pause longer than a whole turn every slot is looked at once
        for (long tick = Math.max(ticks, last - SLOTS + 1); tick <= last; tick++) {
            Timer head = slots[(int) (tick % SLOTS)];
            Timer timer = head.next;
            while (timer != null && timer != head) {
                Timer next = timer.next;
                if (timer.due <= now) {
                    timer.unlink();
                    size--;
                    due.add(timer);
                }
                timer = next;
            }
        }
        ticks = last;
        return due;
    }

    /**
     * How long ago {@link #turn} was last called.
     *
     * @return nanoseconds; since the wheel was made if it has not been called yet
     */
    public long sinceTurn() {
        long last = lastTurn; // before the clock is read, or it could lie in the future
        return nanoTime.getAsLong() - start - last;
    }

    /**
     * How many timers are waiting.
     *
     * @return zero or more
     */
    public synchronized int size() {
        return size;
    }

    /** Thread-safe. A task that waits. */
    public static final class Timer {

        private final TimerWheel wheel;
        private final long due;
        private final Runnable task;
        private volatile boolean cancelled;
        private @Nullable Timer next;
        private @Nullable Timer previous;

        private Timer(TimerWheel wheel, long due, Runnable task) {
            this.wheel = wheel;
            this.due = due;
            this.task = task;
        }

        /** Takes the task back; without effect once it was run. */
        public void cancel() {
            cancelled = true;
            synchronized (wheel) {
                if (next != null) {
                    unlink();
                    wheel.size--;
                }
            }
        }

        /** One that an earlier task of the same turn has cancelled does not run. */
        private void run() {
            if (!cancelled) {
                task.run();
            }
        }

        private void insertBefore(Timer head) {
            Timer last = head.previous;
            previous = last;
            next = head;
            head.previous = this;
            if (last != null) {
                last.next = this;
            }
        }

        private void unlink() {
            if (previous != null && next != null) {
                previous.next = next;
                next.previous = previous;
            }
            next = null;
            previous = null;
        }
    }
}
