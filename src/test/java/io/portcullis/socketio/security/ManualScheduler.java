package io.portcullis.socketio.security;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Confined to its test. Runs what is scheduled when it is told to, on the thread that tells it. */
final class ManualScheduler extends ScheduledThreadPoolExecutor {

    private record Task(Runnable action, Duration delay) {}

    private final Deque<Task> tasks = new ArrayDeque<>();
    private boolean refusing;

    ManualScheduler() {
        super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
        if (refusing) {
            throw new RejectedExecutionException("The server stops.");
        }
        tasks.add(new Task(action, Duration.of(delay, unit.toChronoUnit())));
        return null;
    }

    void refuse() {
        refusing = true;
    }

    void runNext() {
        tasks.remove().action().run();
    }

    Duration nextDelay() {
        return tasks.element().delay();
    }

    boolean isIdle() {
        return tasks.isEmpty();
    }
}
