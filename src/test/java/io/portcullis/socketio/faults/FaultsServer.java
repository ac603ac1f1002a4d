package io.portcullis.socketio.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.ServerProcess;
import io.portcullis.socketio.testing.SocketClient;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** Thread-safe. A server with handlers that wait and a heartbeat to watch, started once for all tests of this package. */
final class FaultsServer {

    static final Duration PING_INTERVAL = Duration.ofSeconds(2);

    /** Long enough for a machine that is busy with two thousand connections. */
    static final Duration PING_TIMEOUT = Duration.ofSeconds(12);

    static final String NAMESPACE = "/faults";

    /** All clients are of one address here. */
    private static final Map<String, String> LIMITS = Map.of(
            "SOCKETIO_LIMITS_CONNECTIONS_PER_ADDRESS", "5000",
            "SOCKETIO_LIMITS_ANONYMOUS_PER_ADDRESS", "5000",
            "SOCKETIO_LIMITS_HANDSHAKES_PER_ADDRESS", "5000");

    private FaultsServer() {}

    static URI uri() {
        return Holder.URI;
    }

    static SocketClient join(Via via) {
        SocketClient client = SocketClient.open(via, uri());
        client.enter(NAMESPACE);
        return client;
    }

    /** Asks for an acknowledgement; the answer must be the next packet. */
    static JsonArray ask(SocketClient client, String event) {
        return client.ask(NAMESPACE, event);
    }

    /** How long an echo takes: heartbeats that came before are answered on the way. */
    static Duration echo(SocketClient client) {
        long start = System.nanoTime();
        assertThat(ask(client, "[\"echo\",1]")).hasToString("[1]");
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** How many there are, with whoever asks. */
    static int sessions(SocketClient client) {
        return ask(client, "[\"statistics\"]").getJsonObject(0).getInt("sessions");
    }

    /** Waits until the client that asks is the only one. */
    static void awaitAlone(SocketClient client) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonObject now = ask(client, "[\"statistics\"]").getJsonObject(0);
            assertThat(now.getInt("sessions")).as("sessions").isEqualTo(1);
            assertThat(now.getInt("sockets")).as("sockets").isEqualTo(1);
            assertThat(now.getInt("rooms")).as("rooms").isZero();
        });
    }

    private static final class Holder {

        static final URI URI = ServerProcess.launch(
                        "target/portcullis-features.war",
                        LIMITS,
                        "-Dsocketio.ping-interval=" + PING_INTERVAL,
                        "-Dsocketio.ping-timeout=" + PING_TIMEOUT)
                .uri();
    }
}
