package io.portcullis.socketio.runtime;

import io.portcullis.socketio.engine.TimerWheel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Thread-safe. Sockets that have ended and whose last handlers have not. */
final class Departures {

    private static final long PAUSE = Duration.ofMillis(50).toNanos();

    private final AtomicInteger count = new AtomicInteger();

    void begin() {
        count.incrementAndGet();
    }

    void end() {
        count.decrementAndGet();
    }

    /** Waits, without a thread, until there are none, but no longer than it is allowed to. */
    CompletionStage<Void> await(TimerWheel timer, Duration atMost) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        look(timer, atMost.toNanos(), done);
        return done;
    }

    private void look(TimerWheel timer, long left, CompletableFuture<Void> done) {
        if (count.get() == 0 || left <= 0) {
            done.complete(null);
        } else {
            timer.schedule(PAUSE, () -> look(timer, left - PAUSE, done));
        }
    }
}
