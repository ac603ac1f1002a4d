package io.portcullis.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimerWheelTest {

    private static final long TICK = Duration.ofMillis(10).toNanos();

    private final ManualClock clock = new ManualClock();

    @Test
    void a_task_runs_never_early_and_at_most_one_tick_late() {
        Random random = new Random(42);
        List<Long> lateness = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            long delay = (long) (random.nextDouble() * Duration.ofSeconds(30).toNanos());
            long due = clock.getAsLong() + delay;
            clock.wheel().schedule(delay, () -> lateness.add(clock.getAsLong() - due));
        }

        clock.advance(Duration.ofSeconds(31));

        assertThat(lateness).hasSize(100_000).allMatch(late -> late >= 0 && late <= TICK);
        assertThat(clock.wheel().size()).isZero();
    }

    @Test
    void a_cancelled_task_does_not_run() {
        List<String> ran = new ArrayList<>();
        TimerWheel.Timer first = clock.wheel().schedule(TICK, () -> ran.add("first"));
        clock.wheel().schedule(TICK, () -> ran.add("second"));

        first.cancel();
        first.cancel();
        clock.advance(Duration.ofSeconds(1));

        assertThat(ran).containsExactly("second");
        assertThat(clock.wheel().size()).isZero();
    }

    @Test
    void a_task_that_another_one_of_the_same_turn_has_cancelled_does_not_run() {
        List<String> ran = new ArrayList<>();
        TimerWheel.Timer[] second = new TimerWheel.Timer[1];
        clock.wheel().schedule(TICK, () -> second[0].cancel());
        second[0] = clock.wheel().schedule(TICK, () -> ran.add("second"));

        clock.advance(Duration.ofSeconds(1));

        assertThat(ran).isEmpty();
        assertThat(clock.wheel().size()).isZero();
    }

    @Test
    void what_is_overdue_runs_with_the_next_turn() {
        List<String> ran = new ArrayList<>();
        clock.wheel().schedule(0, () -> clock.wheel().schedule(0, () -> ran.add("inner")));
        clock.wheel().schedule(Long.MIN_VALUE, () -> ran.add("outer"));

        clock.jump(Duration.ofMillis(10));
        assertThat(ran).containsExactly("outer");
        clock.jump(Duration.ofMillis(10));

        assertThat(ran).containsExactly("outer", "inner");
    }

    @Test
    void a_later_turn_of_the_wheel_is_not_taken_for_an_earlier_one() {
        List<String> ran = new ArrayList<>();
        clock.wheel().schedule(1_024 * TICK, () -> ran.add("second turn"));
        clock.wheel().schedule(2_048 * TICK, () -> ran.add("third turn"));

        clock.advance(Duration.ofNanos(1_023 * TICK));
        assertThat(ran).isEmpty();
        clock.advance(Duration.ofNanos(TICK));
        assertThat(ran).containsExactly("second turn");
        clock.advance(Duration.ofNanos(1_024 * TICK));

        assertThat(ran).containsExactly("second turn", "third turn");
    }

    @Test
    void a_pause_longer_than_a_whole_turn_loses_nothing() {
        List<Integer> ran = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            int number = i;
            clock.wheel().schedule(i * TICK, () -> ran.add(number));
        }

        clock.jump(Duration.ofMinutes(5));
        clock.jump(Duration.ofMillis(10));

        assertThat(ran).hasSize(5_000);
    }

    @Test
    void a_task_may_start_the_next_one() {
        List<Long> times = new ArrayList<>();
        long start = clock.getAsLong();
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            times.add(clock.getAsLong() - start);
            clock.wheel().schedule(Duration.ofMillis(100).toNanos(), again[0]);
        };
        clock.wheel().schedule(Duration.ofMillis(100).toNanos(), again[0]);

        clock.advance(Duration.ofMillis(1_300));

        assertThat(times)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 13)
                        .mapToObj(i -> Duration.ofMillis(100).toNanos() * i)
                        .toList());
    }

    @Test
    void a_task_that_fails_does_not_stop_the_others() {
        List<String> ran = new ArrayList<>();
        clock.wheel().schedule(0, () -> {
            throw new IllegalStateException("on purpose");
        });
        clock.wheel().schedule(0, () -> ran.add("other"));

        clock.advance(Duration.ofMillis(50));

        assertThat(ran).containsExactly("other");
    }
}
