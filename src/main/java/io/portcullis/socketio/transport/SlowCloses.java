package io.portcullis.socketio.transport;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Thread-safe. Closes WebSockets that are broken, one at a time. On Open Liberty 26.0.0.3 each such close keeps its
 * thread for five seconds; after the loss of many clients they would take all threads of the managed executor,
 * which on two processors begins with four.
 */
final class SlowCloses {

    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private final Executor executor;

    SlowCloses(Executor executor) {
        this.executor = executor;
    }

    void add(Runnable close) {
        waiting.add(close);
        start();
    }

    private void start() {
        if (running.compareAndSet(false, true)) {
            executor.execute(this::run);
        }
    }

    private void run() {
        Runnable close = waiting.poll();
        while (close != null) {
            close.run();
            close = waiting.poll();
        }
        running.set(false);
        if (!waiting.isEmpty()) {
            start();
        }
    }
}
