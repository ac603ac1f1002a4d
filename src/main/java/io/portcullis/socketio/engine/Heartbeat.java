package io.portcullis.socketio.engine;

/**
 * Thread-safe. The heartbeat of one session: the server pings, the client answers. Source: Engine.IO protocol 4,
 * "Heartbeat".
 */
final class Heartbeat {

    private final long interval;
    private final long timeout;
    private final EngineContext context;
    private final Runnable ping;
    private final Runnable expired;
    private TimerWheel.Timer timer;
    private long deadline;
    private volatile boolean awaiting;
    private boolean extended;
    private boolean stopped;

    /**
     * Starts the time to the first ping.
     *
     * @param ping sends a ping
     * @param expired called once, when a pong is overdue
     */
    Heartbeat(EngineEndpoint endpoint, EngineContext context, Runnable ping, Runnable expired) {
        this.interval = endpoint.pingInterval();
        this.timeout = endpoint.pingTimeout();
        this.context = context;
        this.ping = ping;
        this.expired = expired;
        this.deadline = context.nanoTime().getAsLong() + interval;
        this.timer = context.timer().schedule(interval, this::due);
    }

    /** A pong came, asked for or not. */
    synchronized void pong() {
        if (!stopped) {
            awaiting = false;
            extended = false;
            restart(context.nanoTime().getAsLong() + interval);
        }
    }

    /** Another packet came: a busy client gets one more timeout, once. */
    void traffic() {
        if (awaiting) {
            extend();
        }
    }

    private synchronized void extend() {
        if (awaiting && !extended && !stopped) {
            extended = true;
            restart(context.nanoTime().getAsLong() + timeout);
        }
    }

    /** Whether a pong is overdue, to the nanosecond, whatever the timer's resolution. */
    synchronized boolean isOverdue() {
        return awaiting && !stopped && context.nanoTime().getAsLong() - deadline >= 0;
    }

    /** The transport has changed: an outstanding pong is forgiven. */
    void forgive() {
        if (awaiting) {
            pong();
        }
    }

    synchronized void stop() {
        stopped = true;
        timer.cancel();
    }

    /** Deadlines follow each other exactly, so that the timer's resolution does not add up. */
    private void due() {
        boolean overdue;
        synchronized (this) {
            if (stopped) {
                return;
            }
            overdue = awaiting;
            if (!overdue) {
                awaiting = true;
                restart(deadline + timeout);
            }
        }
        (overdue ? expired : ping).run();
    }

    private void restart(long newDeadline) {
        deadline = newDeadline;
        timer.cancel();
        timer = context.timer().schedule(newDeadline - context.nanoTime().getAsLong(), this::due);
    }
}
