package io.portcullis.socketio.engine;

import static io.portcullis.socketio.engine.TestEngine.INTERVAL;
import static io.portcullis.socketio.engine.TestEngine.TIMEOUT;
import static io.portcullis.socketio.testing.ManualClock.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private final TestEngine engine = new TestEngine();
    private final List<String> log = new ArrayList<>();
    private final Heartbeat heartbeat =
            new Heartbeat(engine.endpoint, engine.context, () -> log.add("ping"), () -> log.add("expired"));

    private void pass(Duration duration) {
        engine.clock.advance(duration);
    }

    @Test
    void pings_after_the_interval() {
        pass(INTERVAL.minusMillis(1));
        assertThat(log).isEmpty();

        pass(TICK.plusMillis(1));

        assertThat(log).containsExactly("ping");
    }

    @Test
    void expires_after_interval_and_timeout_without_a_pong() {
        pass(INTERVAL.plus(TIMEOUT).minusMillis(1));
        assertThat(log).containsExactly("ping");

        pass(TICK.plusMillis(1));

        assertThat(log).containsExactly("ping", "expired");
    }

    @Test
    void a_pong_starts_the_interval_anew() {
        pass(INTERVAL.plus(TICK));
        heartbeat.pong();
        pass(INTERVAL.minusMillis(1));
        assertThat(log).containsExactly("ping");

        pass(TICK.plusMillis(1));

        assertThat(log).containsExactly("ping", "ping");
    }

    @Test
    void goes_on_for_ever_with_a_client_that_answers() {
        for (int i = 1; i <= 20; i++) {
            pass(INTERVAL.plus(TICK));
            assertThat(log).hasSize(i).containsOnly("ping");
            heartbeat.pong();
        }
    }

    @Test
    void a_pong_that_nobody_asked_for_starts_the_interval_anew() {
        pass(INTERVAL.minusSeconds(1));
        heartbeat.pong();
        pass(INTERVAL.minusMillis(1));
        assertThat(log).isEmpty();

        pass(TICK.plusMillis(1));

        assertThat(log).containsExactly("ping");
    }

    @Test
    void ten_thousand_pongs_leave_one_timer() {
        int before = engine.clock.wheel().size();

        for (int i = 0; i < 10_000; i++) {
            heartbeat.pong();
            heartbeat.traffic();
        }

        assertThat(engine.clock.wheel().size()).isEqualTo(before);
        pass(INTERVAL.plus(TICK));
        assertThat(log).containsExactly("ping");
    }

    @Test
    void a_busy_client_gets_exactly_one_extension() {
        pass(INTERVAL.plusSeconds(19));
        heartbeat.traffic();
        pass(TIMEOUT.minusMillis(1));
        heartbeat.traffic();
        assertThat(log).containsExactly("ping");

        pass(TICK.plusMillis(1));

        assertThat(log).containsExactly("ping", "expired");
    }

    @Test
    void traffic_is_no_pong() {
        heartbeat.traffic();
        pass(INTERVAL.plus(TICK));
        assertThat(log).containsExactly("ping");
        assertThat(heartbeat.isOverdue()).isFalse();
    }

    @Test
    void each_ping_brings_its_own_extension() {
        for (int i = 0; i < 3; i++) {
            pass(INTERVAL.plus(TICK));
            heartbeat.traffic();
            pass(TIMEOUT.minusSeconds(1));
            heartbeat.pong();
        }

        assertThat(log).containsExactly("ping", "ping", "ping");
    }

    @Test
    void an_outstanding_pong_can_be_forgiven() {
        pass(INTERVAL.plusSeconds(19));
        heartbeat.forgive();
        pass(INTERVAL.minusMillis(1));
        assertThat(log).containsExactly("ping");

        pass(TICK.plusMillis(1));

        assertThat(log).containsExactly("ping", "ping");
    }

    @Test
    void nothing_is_forgiven_that_is_not_owed() {
        pass(INTERVAL.minusSeconds(1));
        heartbeat.forgive();

        pass(Duration.ofSeconds(1).plus(TICK));

        assertThat(log).containsExactly("ping");
    }

    @Test
    void is_overdue_to_the_nanosecond() {
        pass(INTERVAL.plus(TICK));
        engine.clock.drift(TIMEOUT.minus(TICK).minusNanos(1));
        assertThat(heartbeat.isOverdue()).isFalse();

        engine.clock.drift(Duration.ofNanos(1));

        assertThat(heartbeat.isOverdue()).isTrue();
        assertThat(log).containsExactly("ping");
    }

    @Test
    void does_nothing_after_it_was_stopped() {
        pass(INTERVAL.plus(TICK));
        heartbeat.stop();
        heartbeat.pong();
        heartbeat.traffic();
        heartbeat.forgive();

        pass(INTERVAL.plus(TIMEOUT).multipliedBy(3));

        assertThat(log).containsExactly("ping");
        assertThat(heartbeat.isOverdue()).isFalse();
        assertThat(engine.clock.wheel().size()).isZero();
    }
}
