package io.portcullis.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.engine.Transport.Closing;
import io.portcullis.socketio.testing.RecordingTransport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DrainTest {

    private final TestEngine engine = new TestEngine();

    private void open(int count) {
        for (int i = 0; i < count; i++) {
            engine.open(RecordingTransport.webSocket());
        }
    }

    private CompletableFuture<Void> drain(Duration spread) {
        return engine.registry.drain(spread).toCompletableFuture();
    }

    @Test
    void sessions_are_closed_over_the_whole_time() {
        open(100);
        CompletableFuture<Void> drained = drain(Duration.ofSeconds(10));
        assertThat(engine.registry.isDraining()).isTrue();

        engine.clock.advance(Duration.ofSeconds(5));
        assertThat(engine.registry.size()).isBetween(40, 60);
        assertThat(drained).isNotDone();

        engine.clock.advance(Duration.ofSeconds(6));
        assertThat(engine.registry.size()).isZero();
        assertThat(drained).isDone();
    }

    @Test
    void a_second_call_makes_it_faster_and_never_slower() {
        open(1000);
        CompletableFuture<Void> slow = drain(Duration.ofHours(1));
        engine.clock.advance(Duration.ofSeconds(1));
        assertThat(engine.registry.size()).isGreaterThan(980);

        CompletableFuture<Void> fast = drain(Duration.ofSeconds(1));
        drain(Duration.ofDays(1));
        engine.clock.advance(Duration.ofSeconds(3));

        assertThat(engine.registry.size()).isZero();
        assertThat(slow).isDone();
        assertThat(fast).isDone();
    }

    @Test
    void one_that_slips_in_meanwhile_is_sent_away_too() {
        open(10);
        drain(Duration.ofMillis(500));
        engine.clock.advance(Duration.ofMillis(300));
        RecordingTransport late = RecordingTransport.webSocket();
        engine.open(late);

        engine.clock.advance(Duration.ofSeconds(1));

        assertThat(late.closings()).containsExactly(Closing.GOING_AWAY);
    }

    @Test
    void a_client_that_does_not_poll_is_not_waited_for_long() {
        engine.open(RecordingTransport.polling());
        CompletableFuture<Void> drained = drain(Duration.ZERO);

        engine.clock.advance(Duration.ofSeconds(1));
        assertThat(drained).isNotDone();
        engine.clock.advance(Duration.ofMillis(1500));

        assertThat(drained).isDone();
        assertThat(engine.registry.size()).isZero();
    }

    @Test
    void a_poll_that_waits_gets_the_news_and_the_end_in_one_answer() {
        EngineEndpoint telling = EngineEndpoint.of(engine.endpoint.config(), new Deaf() {
            @Override
            public void draining(Session session) {
                session.send("soon");
                session.send("later");
            }
        });
        RecordingTransport waiting = RecordingTransport.polling();
        TestEngine.poll(engine.open(telling, waiting), waiting); // takes the open packet
        waiting.poll();
        RecordingTransport between = RecordingTransport.polling();
        Session late = engine.open(telling, between);
        TestEngine.poll(late, between);

        CompletableFuture<Void> drained = drain(Duration.ZERO);
        engine.clock.advance(Duration.ofMillis(300));
        TestEngine.poll(late, between);
        engine.clock.advance(Duration.ofMillis(300));

        assertThat(waiting.sent()).last().isEqualTo("4soon|4later|1");
        assertThat(between.sent()).last().isEqualTo("4soon|4later|1");
        assertThat(drained).isDone();
    }

    @Test
    void a_session_that_ends_while_it_is_being_told_has_what_was_said() {
        EngineEndpoint leaving = EngineEndpoint.of(engine.endpoint.config(), new Deaf() {
            @Override
            public void draining(Session session) {
                session.send("soon");
                session.closeGracefully(DisconnectReason.FORCED_CLOSE);
            }
        });
        RecordingTransport transport = RecordingTransport.webSocket();
        engine.open(leaving, transport);

        CompletableFuture<Void> drained = drain(Duration.ZERO);
        engine.clock.advance(Duration.ofMillis(300));

        assertThat(transport.sent()).last().isEqualTo("4soon");
        assertThat(transport.closings()).hasSize(1);
        assertThat(drained).isDone();
    }

    @Test
    void a_listener_that_fails_keeps_nobody_here() {
        EngineEndpoint failing = EngineEndpoint.of(engine.endpoint.config(), new Deaf() {
            @Override
            public void draining(Session session) {
                throw new IllegalStateException("on purpose");
            }
        });
        for (int i = 0; i < 5; i++) {
            engine.open(failing, RecordingTransport.webSocket());
        }

        CompletableFuture<Void> drained = drain(Duration.ZERO);
        engine.clock.advance(Duration.ofMillis(300));

        assertThat(drained).isDone();
        assertThat(engine.registry.size()).isZero();
    }

    /** For those who only tell. */
    private static class Deaf implements SessionListener {

        @Override
        public void message(Session session, String text) {}

        @Override
        public void message(Session session, byte[] data) {}
    }
}
