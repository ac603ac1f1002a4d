package io.portcullis.socketio.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.OnConnect;
import io.portcullis.socketio.OnDisconnect;
import io.portcullis.socketio.RoomEvent;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.SocketConnected;
import io.portcullis.socketio.protocol.DecoderLimits;
import io.portcullis.socketio.protocol.Packet;
import io.portcullis.socketio.protocol.Parser;
import io.portcullis.socketio.runtime.TestServer.TestClient;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What happens to a socket whose guards have let it in, but that cannot be confirmed. */
class ConfirmationTest {

    @Namespace("/")
    public static final class Room {

        volatile Consumer<Socket> guard = socket -> {};
        final List<DisconnectReason> ends = new ArrayList<>();

        @OnConnect
        public void connect(Socket socket) {
            guard.accept(socket);
        }

        @OnDisconnect
        public void disconnect(DisconnectReason reason) {
            ends.add(reason);
        }
    }

    private final Room room = new Room();
    private final List<Object> connected = new ArrayList<>();

    private TestServer server(String... settings) {
        List<String> all = new ArrayList<>(List.of("recovery.enabled", "true"));
        all.addAll(List.of(settings));
        TestServer server = new TestServer(room, all.toArray(String[]::new));
        server.observer = event -> {
            if (event instanceof SocketConnected) {
                connected.add(event);
            }
        };
        return server;
    }

    private static void emit(TestServer server, int times) {
        for (int i = 0; i < times; i++) {
            server.endpoint.of("/").emit("e");
        }
    }

    @Test
    void a_socket_whose_first_event_cannot_be_encoded_is_refused_and_leaves_no_trace() {
        TestServer server = server("parser", "msgpack");
        room.guard = socket -> {
            socket.join("r");
            socket.emit("deep", deep());
        };
        TestClient client = server.connect();

        connect(client);

        assertThat(client.hears())
                .extracting(ConfirmationTest::decoded)
                .containsExactly(new Packet.ConnectError("/", "{\"message\":\"internal\"}"));
        assertThat(server.endpoint.statistics().sockets()).isZero();
        assertThat(server.endpoint.statistics().rooms()).isZero();
        assertThat(room.ends).containsExactly(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
        assertThat(connected).isEmpty();
    }

    @Test
    void whoever_was_refused_so_may_try_again_until_the_time_to_connect_is_up() {
        TestServer server = server("parser", "msgpack", "connect-timeout", "PT5S");
        TestClient one = server.connect();
        TestClient other = server.connect();
        room.guard = socket -> socket.emit("deep", deep());
        connect(one);
        connect(other);
        room.guard = socket -> {};

        connect(one);
        server.clock.advance(Duration.ofSeconds(6));

        assertThat(connected).hasSize(1);
        assertThat(one.session().isOpen()).isTrue();
        assertThat(other.session().isOpen()).isFalse();
    }

    @Test
    void a_socket_that_gets_more_while_it_is_confirmed_than_its_queue_holds_is_never_connected() {
        TestServer server = server("send-queue", "5");
        room.guard = socket -> socket.join("r");
        server.observer = event -> {
            if (event instanceof RoomEvent changed && changed.type() == RoomEvent.Type.JOINED) {
                emit(server, 10);
            } else if (event instanceof SocketConnected) {
                connected.add(event);
            }
        };

        TestClient client = server.connect().says("0");

        assertThat(client.session().isOpen()).isFalse();
        assertThat(client.hears()).isEmpty();
        assertThat(room.ends).containsExactly(DisconnectReason.TRANSPORT_ERROR);
        assertThat(connected).isEmpty();
        assertThat(server.endpoint.statistics().sockets()).isZero();
    }

    private static void connect(TestClient client) {
        client.session()
                .receive(Parser.MESSAGE_PACK
                        .encoder()
                        .encode(new Packet.Connect("/", null))
                        .attachments()
                        .get(0));
    }

    private static Packet decoded(String frame) {
        return Parser.MESSAGE_PACK
                .decoder(new DecoderLimits(10, 1_000, 32, 100, false))
                .decodeBinary(Base64.getDecoder().decode(frame.substring(1)));
    }

    /** Deeper than MessagePack is written. */
    private static JsonValue deep() {
        return new JsonValue() {
            @Override
            public ValueType getValueType() {
                return ValueType.ARRAY;
            }

            @Override
            public String toString() {
                return "[".repeat(2_000) + "]".repeat(2_000);
            }
        };
    }
}
