package io.portcullis.socketio.engine;

import static io.portcullis.socketio.engine.TestEngine.INTERVAL;
import static io.portcullis.socketio.engine.TestEngine.TIMEOUT;
import static io.portcullis.socketio.engine.TestEngine.packet;
import static io.portcullis.socketio.engine.TestEngine.poll;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.engine.Transport.Closing;
import io.portcullis.socketio.testing.ManualClock;
import io.portcullis.socketio.testing.Race;
import io.portcullis.socketio.testing.RecordingTransport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTest {

    private final TestEngine engine = new TestEngine();
    private final ManualClock clock = engine.clock;
    private final SessionRegistry registry = engine.registry;
    private final EngineEndpoint endpoint = engine.endpoint;
    private final List<String> events = engine.events;

    private Session open(Transport transport) {
        return engine.open(transport);
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
            Race.run(
                    () -> session.receive(packet("1")),
                    () -> session.close(DisconnectReason.PING_TIMEOUT),
                    () -> session.closeGracefully(DisconnectReason.FORCED_CLOSE),
                    registry::closeAll);

            assertThat(events).hasSize(1);
            assertThat(registry.size()).isZero();
        }
    }

    @Test
    void messages_go_up() {
        Session session = open(RecordingTransport.webSocket());

        assertThat(session.receive(packet("4"))).isTrue();
        assertThat(session.receive(packet("4hello"))).isTrue();
        assertThat(session.receive(packet("bAQ=="))).isTrue();
        session.receive(new byte[2]);

        assertThat(events).containsExactly("", "hello", "bytes 1", "bytes 2");
    }

    @Test
    void nothing_arrives_and_nothing_is_sent_after_the_end() {
        RecordingTransport transport = RecordingTransport.webSocket();
        Session session = open(transport);
        transport.take();
        session.close(DisconnectReason.FORCED_CLOSE);

        session.send("a");
        session.send(new byte[1]);
        session.enqueue(List.of(EnginePacket.message("b")));
        session.flush();
        session.receive(new byte[1]);
        assertThat(session.receive(packet("4c"))).isFalse();

        assertThat(transport.take()).isEmpty();
        assertThat(events).containsExactly("closed: forced close");
    }

    @Test
    void the_end_of_another_transport_means_nothing() {
        Session session = open(RecordingTransport.webSocket());

        session.transportEnded(RecordingTransport.webSocket(), DisconnectReason.TRANSPORT_CLOSE, Closing.DISCARDED);

        assertThat(session.isOpen()).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void a_goodbye_over_polling_releases_the_poll() {
        RecordingTransport transport = RecordingTransport.polling();
        Session session = open(transport);
        poll(session, transport);
        poll(session, transport);
        transport.take();

        assertThat(session.receive(packet("1"))).isFalse();

        assertThat(transport.take()).containsExactly("6");
    }

    @Test
    void a_client_that_reads_too_slowly_loses_its_session_also_when_packets_are_queued_first() {
        TestEngine small = new TestEngine("send-queue-bytes", "3");
        RecordingTransport transport = RecordingTransport.polling();
        Session session = small.open(transport);
        poll(session, transport);

        session.enqueue(List.of(EnginePacket.message("abc")));
        assertThat(session.isOpen()).isTrue();
        session.enqueue(List.of(EnginePacket.message("abc")));
        small.clock.advance(Duration.ofMillis(20));

        assertThat(small.events).containsExactly("closed: transport error");
    }

    @Test
    void a_transport_that_is_lost_during_a_graceful_end_is_not_told_twice() {
        RecordingTransport slow = RecordingTransport.slowWebSocket();
        Session session = open(slow);
        session.closeGracefully(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);

        session.transportEnded(slow, DisconnectReason.TRANSPORT_CLOSE, Closing.CLIENT_CLOSED);

        assertThat(events).containsExactly("closed: server namespace disconnect");
        assertThat(registry.size()).isZero();
        assertThat(clock.wheel().size()).isZero();
    }
}
