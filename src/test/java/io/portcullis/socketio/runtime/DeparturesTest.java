package io.portcullis.socketio.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.ManualClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DeparturesTest {

    private final ManualClock clock = new ManualClock();
    private final Departures departures = new Departures();

    private CompletableFuture<Void> await(Duration atMost) {
        return departures.await(clock.wheel(), atMost).toCompletableFuture();
    }

    @Test
    void when_nobody_departs_nothing_is_waited_for() {
        assertThat(await(Duration.ofSeconds(5))).isDone();
        assertThat(clock.wheel().size()).isZero();
    }

    @Test
    void the_last_one_is_waited_for() {
        departures.begin();
        departures.begin();
        CompletableFuture<Void> gone = await(Duration.ofSeconds(5));

        departures.end();
        clock.advance(Duration.ofSeconds(1));
        assertThat(gone).isNotDone();
        departures.end();
        clock.advance(Duration.ofMillis(100));

        assertThat(gone).isDone();
        assertThat(clock.wheel().size()).isZero();
    }

    @Test
    void one_that_begins_meanwhile_is_waited_for_too() {
        departures.begin();
        CompletableFuture<Void> gone = await(Duration.ofSeconds(5));

        departures.begin();
        departures.end();
        clock.advance(Duration.ofSeconds(1));

        assertThat(gone).isNotDone();
    }

    @Test
    void a_handler_that_does_not_end_is_given_up_at_the_deadline() {
        departures.begin();
        CompletableFuture<Void> gone = await(Duration.ofSeconds(5));

        clock.advance(Duration.ofMillis(4900));
        assertThat(gone).isNotDone();
        clock.advance(Duration.ofSeconds(1)); // it looks twenty times a second, each time a tick late at most

        assertThat(gone).isDone();
        assertThat(clock.wheel().size()).isZero();
    }

    @Test
    void who_cannot_wait_is_not_kept() {
        departures.begin();

        assertThat(await(Duration.ZERO)).isDone();
    }
}
