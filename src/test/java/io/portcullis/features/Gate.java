package io.portcullis.features;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Thread-safe. What handlers wait at until it is opened. */
@ApplicationScoped
public class Gate {

    private final AtomicInteger waiting = new AtomicInteger();
    private volatile CountDownLatch closed = new CountDownLatch(1);

    public void await(long time, TimeUnit unit) throws InterruptedException {
        waiting.incrementAndGet();
        try {
            closed.await(time, unit);
        } finally {
            waiting.decrementAndGet();
        }
    }

    public int waiting() {
        return waiting.get();
    }

    public void open() {
        closed.countDown();
    }

    public void close() {
        closed = new CountDownLatch(1);
    }
}
