package io.portcullis.socketio.transport;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Thread-safe. Closes WebSockets that are broken, a few at a time. On Open Liberty 26.0.0.3 each such close keeps its
 * thread for five seconds; after the loss of a thousand clients they would take all threads of the managed executor.
 */
final class SlowCloses {

    private static final int AT_A_TIME = 4;

    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    private final Executor executor;

    SlowCloses(Executor executor) {
        this.executor = executor;
    }

    void add(Runnable close) {
        waiting.add(close);
        start();
    }

    private void start() {
        if (running.incrementAndGet() <= AT_A_TIME) {
            executor.execute(this::run);
        } else {
            running.decrementAndGet();
        }
    }

    private void run() {
        Runnable close = waiting.poll();
        while (close != null) {
            close.run();
            close = waiting.poll();
        }
        running.decrementAndGet();
        if (!waiting.isEmpty()) {
            start();
        }
    }
}
