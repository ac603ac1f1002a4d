package io.portcullis.socketio.runtime;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. Runs tasks one after another in the order of their arrival, on an executor, so that a task that waits
 * delays no other queue. Bounded, but for tasks that must not be lost.
 */
final class SerialQueue {

    private static final System.Logger LOG = System.getLogger(SerialQueue.class.getName());

    /** After so many tasks in a row the executor's thread is given back, for fairness. */
    private static final int BATCH = 64;

    private record Task(Runnable work, int cost) {}

    private final ArrayDeque<Task> tasks = new ArrayDeque<>();
    private final Executor executor;
    private final int maxTasks;
    private final int maxCost;
    private int cost;
    private boolean running;

    SerialQueue(Executor executor, int maxTasks, int maxCost) {
        this.executor = executor;
        this.maxTasks = maxTasks;
        this.maxCost = maxCost;
    }

    /**
     * Takes the turn for the calling thread, if nothing runs and nothing waits. It must call {@link #leave}.
     *
     * @return true if the caller may work now
     */
    synchronized boolean tryEnter() {
        if (running || !tasks.isEmpty()) {
            return false;
        }
        running = true;
        return true;
    }

    /** Gives the turn of {@link #tryEnter} back. */
    void leave() {
        synchronized (this) {
            if (tasks.isEmpty()) {
                running = false;
                return;
            }
        }
        start();
    }

    /**
     * Queues a task.
     *
     * @param taskCost what it holds in memory, about, in bytes
     * @return false if the queue is full
     */
    boolean offer(Runnable work, int taskCost) {
        synchronized (this) {
            if (tasks.size() >= maxTasks || cost > maxCost) {
                return false;
            }
        }
        add(work, taskCost);
        return true;
    }

    /** Queues a task that must not be lost. */
    void add(Runnable work) {
        add(work, 0);
    }

    private void add(Runnable work, int taskCost) {
        synchronized (this) {
            tasks.add(new Task(work, taskCost));
            cost += taskCost;
            if (running) {
                return;
            }
            running = true;
        }
        start();
    }

    private void start() {
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) { // the server stops, or its pool is full: better here than never
            LOG.log(System.Logger.Level.DEBUG, "The executor refused; handled on the calling thread.", e);
            drain();
        }
    }

    private void drain() {
        for (int i = 0; i < BATCH; i++) {
            Task task = next();
            if (task == null) {
                return;
            }
            try {
                task.work().run();
            } catch (RuntimeException | Error e) { // one failing task must not stop the queue
                LOG.log(System.Logger.Level.ERROR, "A task failed.", e);
            }
        }
        leave();
    }

    private synchronized @Nullable Task next() {
        Task task = tasks.poll();
        if (task == null) {
            running = false;
        } else {
            cost -= task.cost();
        }
        return task;
    }
}
