package io.portcullis.socketio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.engine.EngineContext;
import io.portcullis.socketio.engine.Ids;
import io.portcullis.socketio.testing.ManualClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class CloseQueueTest {

    private final ManualClock clock = new ManualClock();
    private final Queue<Runnable> executor = new ArrayDeque<>();
    private final List<String> closed = new ArrayList<>();
    private final CloseQueue closes = new CloseQueue(
            new EngineContext(executor::add, clock.wheel(), clock, new Ids(new SecureRandom())), Duration.ofSeconds(1));

    private void add(String name) {
        closes.add(() -> closed.add(name));
    }

    @Test
    void they_come_one_after_another() {
        add("first");
        add("second");
        assertThat(executor).hasSize(1);

        executor.remove().run();
        assertThat(closed).containsExactly("first");
        executor.remove().run();

        assertThat(closed).containsExactly("first", "second");
        assertThat(executor).isEmpty();
    }

    @Test
    void one_that_never_returns_does_not_stop_the_others() {
        add("stuck");
        Runnable stuck = executor.remove();
        add("second");
        assertThat(executor).isEmpty();

        clock.advance(Duration.ofMillis(1100));
        executor.remove().run();
        add("third");
        executor.remove().run();
        assertThat(closed).containsExactly("second", "third");

        stuck.run();
        assertThat(executor).isEmpty();
    }

    @Test
    void an_executor_that_refuses_leaves_none_open() {
        CloseQueue refused = new CloseQueue(
                new EngineContext(
                        task -> {
                            throw new RejectedExecutionException("on purpose");
                        },
                        clock.wheel(),
                        clock,
                        new Ids(new SecureRandom())),
                Duration.ofSeconds(1));
        for (int i = 0; i < 20_000; i++) {
            refused.add(() -> closed.add("one"));
        }

        assertThat(closed).hasSize(20_000);
        assertThat(refused.isIdle()).isTrue();
        assertThat(clock.wheel().size()).isZero();
    }
}
