package io.portcullis.socketio.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.testing.Administrator;
import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.PostgreSql;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.ServerProcess;
import io.portcullis.socketio.testing.SocketClient;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers with one database: what is changed at one of them is soon in force at the other. */
class TwoNodesIT {

    private static final String WAR = "target/portcullis-fixture.war";
    private static final String POLLING = "/secure/?EIO=4&transport=polling";
    private static final String ORIGIN = "https://new.example";
    private static final Duration SOON = Duration.ofSeconds(5);

    private ServerProcess one;
    private ServerProcess other;

    @BeforeEach
    void start() {
        Map<String, String> environment =
                new HashMap<>(PostgreSql.environment(PostgreSql.shared().newDatabase()));
        environment.put("SOCKETIO_NODE", "one");
        one = ServerProcess.launch(WAR, environment);
        environment.put("SOCKETIO_NODE", "other");
        other = ServerProcess.launch(WAR, environment);
    }

    @AfterEach
    void stop() {
        other.close();
        one.close();
    }

    private int handshake() {
        try (RawHttp http = RawHttp.connect(other.uri())) {
            return http.get(POLLING, "Origin: " + ORIGIN).status();
        }
    }

    @Test
    void O14_an_origin_that_is_removed_at_one_node_is_out_at_the_other() {
        Administrator root = Administrator.root(one.uri());
        assertThat(handshake()).isEqualTo(403);

        String id = root.allow("secure", ORIGIN);
        await("let in").atMost(SOON).until(() -> handshake() == 200);
        try (SocketClient page = SocketClient.open(Via.WEBSOCKET, other.uri(), "/secure/", "Origin: " + ORIGIN)) {
            page.enter("/public");

            assertThat(root.delete("origins/" + id).statusCode()).isEqualTo(204);
            await("shut out").atMost(SOON).until(() -> handshake() == 403);
            page.engine().awaitEnd();
        }

        await("both have told").untilAsserted(() -> assertThat(root.list("audit"))
                .extracting((JsonObject each) -> each.getString("node") + " " + each.getString("type"))
                .contains("one origin_added", "one origin_removed", "other connected", "other disconnected"));
        assertThat(root.object("audit/verification").getBoolean("intact")).isTrue();
    }
}
