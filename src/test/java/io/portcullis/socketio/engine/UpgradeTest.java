package io.portcullis.socketio.engine;

import static io.portcullis.socketio.engine.TestEngine.INTERVAL;
import static io.portcullis.socketio.engine.TestEngine.TIMEOUT;
import static io.portcullis.socketio.engine.TestEngine.UPGRADE_TIMEOUT;
import static io.portcullis.socketio.engine.TestEngine.packet;
import static io.portcullis.socketio.engine.TestEngine.poll;
import static io.portcullis.socketio.testing.ManualClock.TICK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.engine.Transport.Closing;
import io.portcullis.socketio.testing.Race;
import io.portcullis.socketio.testing.RecordingTransport;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeTest {

    private final TestEngine engine = new TestEngine();
    private final RecordingTransport polling = RecordingTransport.polling();
    private final RecordingTransport webSocket = RecordingTransport.webSocket();
    private final Session session = engine.open(polling);

    @BeforeEach
    void forgetTheOpenPacket() {
        poll(session, polling);
        polling.take();
    }

    private void livesOnPolling() {
        assertThat(session.isOpen()).isTrue();
        assertThat(session.transport()).isSameAs(polling);
        assertThat(polling.closings()).isEmpty();
        assertThat(webSocket.closings()).containsExactly(Closing.DISCARDED);
        assertThat(session.mayUpgrade()).isTrue();
        session.send("alive");
        poll(session, polling);
        assertThat(polling.take()).containsExactly("4alive");
        assertThat(engine.events).isEmpty();
    }

    @Test
    void changes_to_websocket() {
        poll(session, polling);
        Upgrade upgrade = session.beginUpgrade(webSocket);

        upgrade.receive(packet("2probe"));
        assertThat(webSocket.take()).containsExactly("3probe");
        assertThat(polling.take()).containsExactly("6");
        session.receive(packet("4by post"));
        session.send("a");
        assertThat(webSocket.take()).isEmpty();
        upgrade.receive(packet("5"));
        session.send("b");

        assertThat(session.transport()).isSameAs(webSocket);
        assertThat(webSocket.take()).containsExactly("4a", "4b");
        assertThat(polling.take()).isEmpty();
        assertThat(polling.closings()).containsExactly(Closing.DISCARDED);
        assertThat(webSocket.closings()).isEmpty();
        assertThat(engine.events).containsExactly("by post", "upgraded");
        assertThat(engine.clock.wheel().size()).isEqualTo(1);
    }

    @Test
    void tells_a_poll_that_still_waits_of_the_end() {
        Upgrade upgrade = session.beginUpgrade(webSocket);
        upgrade.receive(packet("2probe"));
        polling.poll();

        upgrade.receive(packet("5"));

        assertThat(polling.take()).containsExactly("1");
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void what_went_into_a_poll_is_not_sent_again() {
        Upgrade upgrade = session.beginUpgrade(webSocket);
        session.send("a");
        poll(session, polling);
        upgrade.receive(packet("2probe"));
        session.send("b");
        session.send("c");
        poll(session, polling);
        session.send("d");

        upgrade.receive(packet("5"));

        assertThat(polling.take()).containsExactly("4a", "4b|4c");
        assertThat(webSocket.take()).containsExactly("3probe", "4d");
    }

    @Test
    void releases_the_first_polls_at_once_and_the_others_by_the_clock() {
        Upgrade upgrade = session.beginUpgrade(webSocket);
        poll(session, polling);
        assertThat(polling.isWritable()).isTrue();
        upgrade.receive(packet("2probe"));
        assertThat(polling.take()).containsExactly("6");
        for (int i = 0; i < 3; i++) {
            poll(session, polling);
            assertThat(polling.take()).containsExactly("6");
        }

        poll(session, polling);
        assertThat(polling.take()).isEmpty();
        engine.clock.advance(Duration.ofMillis(100).plus(TICK));
        assertThat(polling.take()).containsExactly("6");
        poll(session, polling);
        engine.clock.advance(Duration.ofMillis(100).plus(TICK));
        assertThat(polling.take()).containsExactly("6");

        upgrade.fail();
        poll(session, polling);
        engine.clock.advance(Duration.ofSeconds(1));
        assertThat(polling.take()).isEmpty();
    }

    @Test
    void releases_no_poll_before_the_probe() {
        poll(session, polling);
        session.beginUpgrade(webSocket);

        engine.clock.advance(Duration.ofSeconds(1));

        assertThat(polling.isWritable()).isTrue();
    }

    @Test
    void answers_one_probe() {
        Upgrade upgrade = session.beginUpgrade(webSocket);

        upgrade.receive(packet("2probe"));
        upgrade.receive(packet("2probe"));

        assertThat(webSocket.take()).containsExactly("3probe");
    }

    @Test
    void a_probe_is_not_needed() {
        session.send("a");

        session.beginUpgrade(webSocket).receive(packet("5"));

        assertThat(session.transport()).isSameAs(webSocket);
        assertThat(webSocket.take()).containsExactly("4a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2", "2Probe", "2probe ", "3", "3probe", "4", "4hello", "40", "6", "bAQ==", "b"})
    void anything_else_ends_the_attempt_alone(String text) {
        session.beginUpgrade(webSocket).receive(packet(text));

        livesOnPolling();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3", "4hello", "1"})
    void anything_else_after_the_probe_ends_the_attempt_alone(String text) {
        Upgrade upgrade = session.beginUpgrade(webSocket);
        upgrade.receive(packet("2probe"));

        upgrade.receive(packet(text));
        upgrade.receive(packet("5"));

        livesOnPolling();
    }

    @Test
    void an_attempt_that_takes_too_long_ends() {
        Upgrade upgrade = session.beginUpgrade(webSocket);
        upgrade.receive(packet("2probe"));
        engine.clock.advance(UPGRADE_TIMEOUT.minusMillis(1));
        assertThat(webSocket.closings()).isEmpty();

        engine.clock.advance(TICK.plusMillis(1));
        upgrade.receive(packet("5"));

        livesOnPolling();
    }

    @Test
    void a_websocket_that_is_lost_ends_the_attempt_alone() {
        Upgrade upgrade = session.beginUpgrade(webSocket);
        upgrade.receive(packet("2probe"));

        session.transportEnded(webSocket, DisconnectReason.TRANSPORT_CLOSE, Closing.CLIENT_CLOSED);
        upgrade.fail();
        upgrade.fail();

        livesOnPolling();
    }

    @Test
    void a_second_attempt_at_the_same_time_is_refused() {
        Upgrade upgrade = session.beginUpgrade(webSocket);
        assertThat(session.mayUpgrade()).isFalse();

        assertThat(session.beginUpgrade(RecordingTransport.webSocket())).isNull();
        upgrade.receive(packet("5"));

        assertThat(session.transport()).isSameAs(webSocket);
        assertThat(session.mayUpgrade()).isFalse();
        assertThat(session.beginUpgrade(RecordingTransport.webSocket())).isNull();
    }

    @Test
    void a_client_may_try_again() {
        session.beginUpgrade(webSocket).fail();
        RecordingTransport second = RecordingTransport.webSocket();

        session.beginUpgrade(second).receive(packet("5"));

        assertThat(session.transport()).isSameAs(second);
    }

    @Test
    void the_end_of_the_session_closes_both() {
        Upgrade upgrade = session.beginUpgrade(webSocket);
        upgrade.receive(packet("2probe"));

        session.close(DisconnectReason.FORCED_CLOSE);
        upgrade.receive(packet("5"));

        assertThat(webSocket.closings()).containsExactly(Closing.DISCARDED);
        assertThat(polling.closings()).containsExactly(Closing.SESSION_CLOSED);
        assertThat(engine.events).containsExactly("closed: forced close");
        assertThat(engine.clock.wheel().size()).isZero();
        assertThat(session.beginUpgrade(RecordingTransport.webSocket())).isNull();
    }

    @Test
    void an_attempt_goes_on_while_the_session_ends_gracefully_and_takes_what_waits() {
        Upgrade upgrade = session.beginUpgrade(webSocket);
        upgrade.receive(packet("2probe"));
        session.send("last");

        session.closeGracefully(DisconnectReason.FORCED_CLOSE);
        assertThat(webSocket.closings()).isEmpty();
        upgrade.receive(packet("5"));

        assertThat(webSocket.take()).containsExactly("3probe", "4last");
        assertThat(webSocket.closings()).containsExactly(Closing.SESSION_CLOSED);
        assertThat(polling.closings()).containsExactly(Closing.DISCARDED);
        assertThat(engine.events).containsExactly("closed: forced close");
        assertThat(engine.registry.size()).isZero();
        assertThat(engine.clock.wheel().size()).isZero();
    }

    @Test
    void a_change_that_races_with_the_end_leaves_no_transport_open() throws InterruptedException {
        for (int round = 0; round < 3_000; round++) {
            RecordingTransport old = RecordingTransport.polling();
            RecordingTransport candidate = RecordingTransport.webSocket();
            Session raced = engine.open(old);
            engine.events.clear();
            Upgrade upgrade = raced.beginUpgrade(candidate);
            boolean graceful = round % 2 == 0;

            Race.run(() -> upgrade.receive(packet("5")), () -> {
                if (graceful) {
                    raced.closeGracefully(DisconnectReason.FORCED_CLOSE);
                } else {
                    raced.close(DisconnectReason.FORCED_CLOSE);
                }
            });

            if (raced.transport() == old) {
                poll(raced, old);
            }
            assertThat(candidate.closings()).isNotEmpty();
            assertThat(old.closings()).isNotEmpty();
            assertThat(engine.events.stream().filter(event -> event.startsWith("closed")))
                    .hasSize(1);
        }
        session.close(DisconnectReason.FORCED_CLOSE);
        assertThat(engine.registry.size()).isZero();
        assertThat(engine.clock.wheel().size()).isZero();
    }

    @Test
    void a_change_that_the_end_overtakes_closes_both() throws InterruptedException {
        Upgrade upgrade = session.beginUpgrade(webSocket);
        Thread change = new Thread(() -> upgrade.receive(packet("5")));
        Thread end = new Thread(() -> session.close(DisconnectReason.FORCED_CLOSE));

        synchronized (engine.clock.wheel()) { // both have to cancel a timer half-way
            change.start();
            await().until(() -> change.getState() == Thread.State.BLOCKED);
            end.start();
            await().until(() -> end.getState() == Thread.State.BLOCKED);
        }
        change.join();
        end.join();

        assertThat(webSocket.closings()).isNotEmpty();
        assertThat(polling.closings()).isNotEmpty();
        assertThat(engine.events).containsExactly("closed: forced close");
    }

    @Test
    void the_end_of_the_old_transport_means_nothing_after_the_change() {
        session.beginUpgrade(webSocket).receive(packet("5"));

        session.transportEnded(polling, DisconnectReason.TRANSPORT_ERROR, Closing.SESSION_CLOSED);

        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void an_outstanding_pong_is_forgiven() {
        engine.clock.advance(INTERVAL.plus(TIMEOUT).minusSeconds(1));
        Upgrade upgrade = session.beginUpgrade(webSocket);

        upgrade.receive(packet("5"));
        engine.clock.advance(INTERVAL.minusSeconds(1));

        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void the_heartbeat_goes_on_during_an_attempt() {
        engine.clock.advance(INTERVAL.minusSeconds(1));
        session.beginUpgrade(webSocket);
        engine.clock.advance(Duration.ofSeconds(1).plus(TICK));
        poll(session, polling);

        assertThat(polling.take()).containsExactly("2");
    }

    @Test
    void a_probe_answer_in_flight_holds_back_what_waits() {
        RecordingTransport slow = RecordingTransport.slowWebSocket();
        Upgrade upgrade = session.beginUpgrade(slow);
        upgrade.receive(packet("2probe"));
        session.send("a");
        session.send("b");

        upgrade.receive(packet("5"));
        assertThat(slow.take()).containsExactly("3probe");
        slow.complete();
        assertThat(slow.take()).containsExactly("4a");
        slow.complete();

        assertThat(slow.take()).containsExactly("4b");
    }

    @Test
    void is_offered_only_where_it_is_possible() {
        assertThat(engine.open(RecordingTransport.webSocket()).beginUpgrade(webSocket))
                .isNull();
        assertThat(openWith("allow-upgrades", "false").beginUpgrade(webSocket)).isNull();
        assertThat(openWith("transports", "polling").beginUpgrade(webSocket)).isNull();
        assertThat(openWith("transports", "websocket,polling").beginUpgrade(webSocket))
                .isNotNull();
    }

    private static Session openWith(String key, String value) {
        return new TestEngine(key, value).open(RecordingTransport.polling());
    }
}
