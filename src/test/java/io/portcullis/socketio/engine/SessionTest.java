package io.portcullis.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.config.Key;
import io.portcullis.socketio.config.ServerConfig;
import io.portcullis.socketio.engine.Transport.Closing;
import io.portcullis.socketio.testing.ManualClock;
import io.portcullis.socketio.testing.RecordingTransport;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.json.JsonValue;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final Duration INTERVAL = Duration.ofSeconds(25);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final ManualClock clock = new ManualClock();
    private final List<String> events = new ArrayList<>();
    private final SessionRegistry registry =
            new SessionRegistry(new EngineContext(Runnable::run, clock.wheel(), clock, new Ids(new SecureRandom())));
    private EngineEndpoint endpoint;

    private final SessionListener listener = new SessionListener() {
        @Override
        public void message(Session session, String text) {
            events.add(text);
        }

        @Override
        public void message(Session session, byte[] data) {
            events.add("bytes " + data.length);
        }

        @Override
        public void upgraded(Session session) {
            events.add("upgraded");
        }

        @Override
        public synchronized void closed(Session session, DisconnectReason reason) {
            events.add("closed: " + reason);
        }
    };

    @BeforeEach
    void configure() {
        EndpointConfig config = ServerConfig.from(new SmallRyeConfigBuilder().build())
                .endpoints()
                .get(0);
        assertThat(config.get(Key.PING_INTERVAL)).isEqualTo(INTERVAL);
        endpoint = EngineEndpoint.of(config, listener);
    }

    private Session open(Transport transport) {
        Handshake handshake = new Handshake(
                "default",
                "/",
                Map.of(),
                Map.of(),
                "127.0.0.1",
                false,
                false,
                Instant.EPOCH,
                null,
                JsonValue.EMPTY_JSON_OBJECT);
        return registry.open(endpoint, handshake, transport, session -> {});
    }

    private static EnginePacket packet(String text) {
        return EnginePacket.decode(text);
    }

    private static void poll(Session session, RecordingTransport transport) {
        transport.poll();
        session.pollArrived();
    }

    @Test
    void the_open_packet_comes_first_with_exactly_its_keys() {
        RecordingTransport transport = RecordingTransport.polling();
        Session session = open(transport);
        session.send("hello");

        poll(session, transport);

        assertThat(transport.sent())
                .containsExactly("0{\"sid\":\"" + session.id()
                        + "\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,\"pingTimeout\":20000,"
                        + "\"maxPayload\":1000000}|4hello");
    }

    @Test
    void a_session_on_websocket_offers_no_upgrade() {
        RecordingTransport transport = RecordingTransport.webSocket();

        open(transport);

        assertThat(transport.sent().get(0)).contains("\"upgrades\":[]");
    }

    @Test
    void a_ping_goes_out_after_the_interval_and_a_pong_restarts_it() {
        RecordingTransport transport = RecordingTransport.webSocket();
        Session session = open(transport);

        for (int i = 1; i <= 3; i++) {
            clock.advance(INTERVAL.plusMillis(30));
            assertThat(transport.sent()).hasSize(1 + i).endsWith("2");
            session.receive(packet("3"));
        }

        clock.advance(TIMEOUT);
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void an_unsolicited_pong_only_restarts_the_interval() {
        RecordingTransport transport = RecordingTransport.webSocket();
        Session session = open(transport);

        clock.advance(INTERVAL.minusSeconds(1));
        session.receive(packet("3"));
        clock.advance(INTERVAL.minusSeconds(1));

        assertThat(transport.sent()).hasSize(1);
    }

    @Test
    void without_a_pong_the_session_ends_after_the_timeout() {
        RecordingTransport transport = RecordingTransport.webSocket();
        Session session = open(transport);

        clock.advance(INTERVAL.plus(TIMEOUT).minusMillis(50));
        assertThat(session.isOpen()).isTrue();
        clock.advance(Duration.ofMillis(100));

        assertThat(events).containsExactly("closed: ping timeout");
        assertThat(transport.closings()).containsExactly(Closing.SESSION_CLOSED);
        assertThat(registry.size()).isZero();
        assertThat(clock.wheel().size()).isZero();
    }

    @Test
    void an_overdue_session_is_not_found_even_before_the_timer_has_noticed() {
        Session session = open(RecordingTransport.polling());
        clock.advance(INTERVAL.plus(TIMEOUT).minusMillis(25));
        assertThat(registry.find(endpoint, session.id())).isSameAs(session);

        clock.advance(Duration.ofMillis(25));

        assertThat(registry.find(endpoint, session.id())).isNull();
        assertThat(events).containsExactly("closed: ping timeout");
    }

    @Test
    void a_busy_client_without_pongs_gets_one_more_timeout_and_no_second_one() {
        Session session = open(RecordingTransport.webSocket());
        clock.advance(INTERVAL.plusSeconds(10));

        for (int i = 0; i < 25 && session.isOpen(); i++) {
            session.receive(packet("4busy"));
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(session.isOpen()).isFalse();
        assertThat(events).endsWith("closed: ping timeout");
        assertThat(events.stream().filter("busy"::equals)).hasSizeBetween(19, 21);
    }

    @Test
    void each_way_to_end_has_its_reason() {
        assertThat(endedBy(session -> session.receive(packet("2")))).isEqualTo("closed: transport error");
        assertThat(endedBy(session -> session.receive(packet("1")))).isEqualTo("closed: transport close");
        assertThat(endedBy(session -> session.transportEnded(
                        session.transport(), DisconnectReason.PARSE_ERROR, Closing.SESSION_CLOSED)))
                .isEqualTo("closed: parse error");
        assertThat(endedBy(session -> session.closeGracefully(DisconnectReason.FORCED_CLOSE)))
                .isEqualTo("closed: forced close");
        assertThat(endedBy(session -> registry.closeAll())).isEqualTo("closed: server shutting down");
        assertThat(registry.size()).isZero();
    }

    private String endedBy(java.util.function.Consumer<Session> end) {
        events.clear();
        Session session = open(RecordingTransport.webSocket());
        end.accept(session);
        end.accept(session);
        session.receive(packet("4late"));
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    @Test
    void open_upgrade_and_noop_from_a_client_are_ignored() {
        Session session = open(RecordingTransport.webSocket());

        List.of("0", "5", "6").forEach(text -> session.receive(packet(text)));

        assertThat(session.isOpen()).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void a_waiting_poll_learns_of_the_end_at_once() {
        RecordingTransport transport = RecordingTransport.polling();
        Session session = open(transport);
        poll(session, transport);
        poll(session, transport);

        session.closeGracefully(DisconnectReason.FORCED_CLOSE);

        assertThat(transport.sent()).hasSize(2).endsWith("1");
        assertThat(registry.size()).isZero();
    }

    @Test
    void without_a_waiting_poll_the_next_ones_get_what_waits_and_then_the_close() {
        RecordingTransport transport = RecordingTransport.polling();
        Session session = open(transport);
        poll(session, transport);

        session.send("last");
        session.closeGracefully(DisconnectReason.FORCED_CLOSE);
        assertThat(events).containsExactly("closed: forced close");
        poll(session, transport);
        poll(session, transport);

        assertThat(transport.sent()).hasSize(3).endsWith("4last", "6|1");
        assertThat(registry.find(endpoint, session.id())).isNull();
    }

    @Test
    void the_close_waits_for_a_poll_no_longer_than_the_close_timeout() {
        RecordingTransport transport = RecordingTransport.polling();
        Session session = open(transport);
        poll(session, transport);
        session.closeGracefully(DisconnectReason.FORCED_CLOSE);
        clock.advance(Duration.ofSeconds(29));
        assertThat(registry.find(endpoint, session.id())).isSameAs(session);

        clock.advance(Duration.ofSeconds(2));

        assertThat(registry.size()).isZero();
        assertThat(events).containsExactly("closed: forced close");
    }

    @Test
    void over_websocket_what_waits_is_sent_before_the_close() {
        RecordingTransport transport = RecordingTransport.slowWebSocket();
        Session session = open(transport);
        session.send("a");

        session.closeGracefully(DisconnectReason.FORCED_CLOSE);
        session.send("too late");
        transport.complete();
        assertThat(transport.closings()).isEmpty();
        transport.complete();

        assertThat(transport.sent()).hasSize(2).endsWith("4a");
        assertThat(transport.closings()).containsExactly(Closing.SESSION_CLOSED);
    }

    @Test
    void a_client_that_reads_too_slowly_loses_its_session() {
        Session session = open(RecordingTransport.polling());
        int sent = 0;
        while (session.isOpen() && sent < 20_000) {
            session.send("x");
            sent++;
        }

        assertThat(sent).isBetween(9_990, 10_010);
        assertThat(events).containsExactly("closed: transport error");
    }

    @Test
    void concurrent_ends_tell_the_listener_once() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            events.clear();
            Session session = open(RecordingTransport.webSocket());
            CountDownLatch done = new CountDownLatch(4);
            List<Runnable> ends = List.of(
                    () -> session.receive(packet("1")),
                    () -> session.close(DisconnectReason.PING_TIMEOUT),
                    () -> session.closeGracefully(DisconnectReason.FORCED_CLOSE),
                    registry::closeAll);
            ends.forEach(end -> new Thread(() -> {
                        end.run();
                        done.countDown();
                    })
                    .start());
            done.await();

            assertThat(events).hasSize(1);
            assertThat(registry.size()).isZero();
        }
    }

    // upgrade

    private @Nullable Upgrade upgrade(Session session, Transport candidate) {
        return session.beginUpgrade(candidate);
    }

    @Test
    void a_probe_is_answered_and_waiting_polls_are_released_until_the_upgrade_ends() {
        RecordingTransport polling = RecordingTransport.polling();
        RecordingTransport webSocket = RecordingTransport.webSocket();
        Session session = open(polling);
        poll(session, polling);
        poll(session, polling);

        Upgrade attempt = upgrade(session, webSocket);
        assertThat(polling.sent()).hasSize(1);
        attempt.receive(packet("2probe"));
        assertThat(webSocket.sent()).containsExactly("3probe");
        assertThat(polling.sent()).hasSize(2).endsWith("6");

        poll(session, polling);
        assertThat(polling.sent()).hasSize(3).endsWith("6");
        session.send("to the poll");
        attempt.receive(packet("5"));

        assertThat(session.transport()).isSameAs(webSocket);
        assertThat(webSocket.sent()).containsExactly("3probe", "4to the poll");
        assertThat(polling.closings()).containsExactly(Closing.DISCARDED);
        assertThat(events).containsExactly("upgraded");
    }

    @Test
    void polls_that_come_again_and_again_during_an_attempt_are_released_by_the_clock() {
        RecordingTransport polling = RecordingTransport.polling();
        Session session = open(polling);
        poll(session, polling);
        Upgrade attempt = upgrade(session, RecordingTransport.webSocket());
        attempt.receive(packet("2probe"));
        for (int i = 0; i < 3; i++) {
            poll(session, polling);
        }
        int immediate = polling.sent().size();

        poll(session, polling);
        assertThat(polling.sent()).hasSize(immediate);
        clock.advance(Duration.ofMillis(150));

        assertThat(polling.sent()).hasSize(immediate + 1).endsWith("6");
    }

    @Test
    void an_upgrade_without_a_probe_is_completed() {
        Session session = open(RecordingTransport.polling());
        RecordingTransport webSocket = RecordingTransport.webSocket();

        upgrade(session, webSocket).receive(packet("5"));

        assertThat(session.transport()).isSameAs(webSocket);
    }

    @Test
    void anything_else_on_the_new_transport_ends_the_attempt_alone() {
        RecordingTransport polling = RecordingTransport.polling();
        RecordingTransport webSocket = RecordingTransport.webSocket();
        Session session = open(polling);

        upgrade(session, webSocket).receive(packet("4early"));

        assertThat(webSocket.closings()).containsExactly(Closing.DISCARDED);
        assertThat(session.isOpen()).isTrue();
        assertThat(events).isEmpty();
        assertThat(session.mayUpgrade()).isTrue();
    }

    @Test
    void an_attempt_ends_at_the_upgrade_timeout_and_polling_goes_on() {
        RecordingTransport polling = RecordingTransport.polling();
        RecordingTransport webSocket = RecordingTransport.webSocket();
        Session session = open(polling);
        Upgrade attempt = upgrade(session, webSocket);
        attempt.receive(packet("2probe"));

        clock.advance(Duration.ofSeconds(10).plusMillis(50));
        attempt.receive(packet("5"));

        assertThat(webSocket.closings()).containsExactly(Closing.DISCARDED);
        assertThat(session.transport()).isSameAs(polling);
        session.send("still here");
        poll(session, polling);
        assertThat(polling.sent().get(polling.sent().size() - 1)).endsWith("4still here");
    }

    @Test
    void there_is_one_attempt_at_a_time_and_none_on_websocket() {
        Session session = open(RecordingTransport.polling());

        assertThat(upgrade(session, RecordingTransport.webSocket())).isNotNull();
        assertThat(upgrade(session, RecordingTransport.webSocket())).isNull();
        assertThat(open(RecordingTransport.webSocket()).mayUpgrade()).isFalse();
    }

    @Test
    void a_session_that_ends_during_an_attempt_closes_both_transports() {
        RecordingTransport polling = RecordingTransport.polling();
        RecordingTransport webSocket = RecordingTransport.webSocket();
        Session session = open(polling);
        upgrade(session, webSocket).receive(packet("2probe"));

        session.receive(packet("1"));

        assertThat(webSocket.closings()).containsExactly(Closing.DISCARDED);
        assertThat(polling.closings()).containsExactly(Closing.CLIENT_CLOSED);
        assertThat(clock.wheel().size()).isZero();
    }

    @Test
    void an_outstanding_pong_is_forgiven_at_the_change() {
        Session session = open(RecordingTransport.polling());
        clock.advance(INTERVAL.plusSeconds(1));

        upgrade(session, RecordingTransport.webSocket()).receive(packet("5"));
        clock.advance(TIMEOUT.plusSeconds(1));

        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void a_session_is_found_at_its_own_endpoint_alone() {
        Session session = open(RecordingTransport.polling());
        EngineEndpoint other = EngineEndpoint.of(endpoint.config(), new SessionListener() {
            @Override
            public void message(Session from, String text) {}

            @Override
            public void message(Session from, byte[] data) {}
        });

        assertThat(registry.find(endpoint, session.id())).isSameAs(session);
        assertThat(registry.find(other, session.id())).isNull();
        assertThat(registry.find(endpoint, "__proto__")).isNull();
    }
}
