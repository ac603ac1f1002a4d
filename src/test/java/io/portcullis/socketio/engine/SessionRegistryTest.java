package io.portcullis.socketio.engine;

import static io.portcullis.socketio.engine.TestEngine.poll;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.engine.Transport.Closing;
import io.portcullis.socketio.testing.RecordingTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SessionRegistryTest {

    private final TestEngine engine = new TestEngine();
    private final SessionRegistry registry = engine.registry;

    @Test
    void what_the_listener_sends_at_once_follows_the_first_packet() {
        RecordingTransport webSocket = RecordingTransport.webSocket();

        engine.open(endpoint(session -> session.send("hello")), webSocket);

        assertThat(webSocket.sent()).hasSize(2).last().isEqualTo("4hello");
    }

    @Test
    void the_listener_knows_of_a_session_before_its_first_packet_can_fail() {
        List<String> order = new ArrayList<>();

        Session session = engine.open(endpoint(opened -> order.add("opened")), new FailingTransport(order, registry));

        assertThat(order).containsExactly("opened", "sends");
        assertThat(engine.events).containsExactly("closed: server shutting down");
        assertThat(session.isOpen()).isFalse();
        assertThat(registry.size()).isZero();
        assertThat(engine.clock.wheel().size()).isZero();
    }

    @Test
    void finds_a_session_at_its_own_endpoint_alone() {
        Session session = engine.open(RecordingTransport.webSocket());
        EngineEndpoint other = endpoint(opened -> {});

        assertThat(registry.find(engine.endpoint, session.id())).isSameAs(session);
        assertThat(registry.find(other, session.id())).isNull();
        assertThat(registry.find(engine.endpoint, "__proto__")).isNull();
        assertThat(registry.find(engine.endpoint, "")).isNull();
        assertThat(registry.find(engine.endpoint, session.id() + " ")).isNull();
    }

    @Test
    void is_empty_when_all_sessions_have_ended() {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            sessions.add(engine.open(RecordingTransport.webSocket()));
        }
        assertThat(registry.size()).isEqualTo(1_000);

        sessions.forEach(session -> session.close(DisconnectReason.FORCED_CLOSE));

        assertThat(registry.size()).isZero();
        assertThat(engine.clock.wheel().size()).isZero();
    }

    @Test
    void a_session_that_its_listener_ends_at_once_is_not_kept() {
        EngineEndpoint closing = endpoint(opened -> opened.close(DisconnectReason.FORCED_CLOSE));

        Session session = engine.open(closing, RecordingTransport.webSocket());

        assertThat(session.isOpen()).isFalse();
        assertThat(registry.size()).isZero();
    }

    @Test
    void ends_all_sessions_when_the_server_stops() {
        RecordingTransport webSocket = RecordingTransport.webSocket();
        RecordingTransport polling = RecordingTransport.polling();
        Session first = engine.open(webSocket);
        Session second = engine.open(polling);
        poll(second, polling);
        poll(second, polling);
        polling.take();

        registry.closeAll();

        assertThat(engine.events).containsExactly("closed: server shutting down", "closed: server shutting down");
        assertThat(webSocket.closings()).containsExactly(Closing.GOING_AWAY);
        assertThat(polling.sent()).containsExactly("1");
        assertThat(registry.size()).isZero();
        assertThat(first.isOpen()).isFalse();
    }

    /** Another endpoint, whose listener also does something with each new session. */
    private EngineEndpoint endpoint(Consumer<Session> whenOpened) {
        return EngineEndpoint.of(engine.endpoint.config(), new SessionListener() {
            @Override
            public void opened(Session session) {
                whenOpened.accept(session);
            }

            @Override
            public void message(Session session, String text) {
                engine.message(session, text);
            }

            @Override
            public void message(Session session, byte[] data) {
                engine.message(session, data);
            }

            @Override
            public void closed(Session session, DisconnectReason reason) {
                engine.closed(session, reason);
            }
        });
    }

    /** All sessions end with its first packet. */
    private record FailingTransport(List<String> order, SessionRegistry registry) implements Transport {

        @Override
        public String name() {
            return "websocket";
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public int batchSize() {
            return 1;
        }

        @Override
        public boolean send(List<EnginePacket> packets, Runnable sent) {
            order.add("sends");
            registry.closeAll();
            return true;
        }

        @Override
        public void close(Closing how) {}
    }
}
