package io.portcullis.socketio.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portcullis.socketio.testing.Administrator;
import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.LibertySettings;
import io.portcullis.socketio.testing.PostgreSql;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawHttp.Answer;
import io.portcullis.socketio.testing.ServerProcess;
import io.portcullis.socketio.testing.SocketClient;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away, and comes back: who may come is decided all the time, and everything is written down in the end. */
class AuditStoreAwayIT {

    private static final String POLLING = "/secure/?EIO=4&transport=polling";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final List<String> refused = new ArrayList<>();

    @Test
    void G04_the_audit_waits_for_its_store_and_nothing_else_does() throws Exception {
        assumeTrue(ServerProcess.serverName().equals("liberty"), "The data source is defined for Open Liberty alone.");
        try (PostgreSql postgreSql = PostgreSql.start();
                ServerProcess server = ServerProcess.launch(
                        "target/portcullis-fixture.war",
                        Map.of(
                                "PORTCULLIS_SETTINGS",
                                LibertySettings.write(folder, postgreSql.newDatabase())
                                        .toString(),
                                "SOCKETIO_STORE_DATA_SOURCE",
                                LibertySettings.DATA_SOURCE))) {
            Administrator root = Administrator.root(server.uri());
            String kept = root.allow("secure", "https://kept.example");
            refuse(server, "before");
            await().atMost(PATIENCE).until(() -> targets(root).containsAll(refused));
            assertThat(ready(server)).isEqualTo(200);

            postgreSql.stop();

            for (int i = 0; i < 20; i++) {
                refuse(server, "away-" + i);
            }
            await().atMost(PATIENCE).until(() -> ready(server) == 503);
            assertThat(readiness(server).text()).contains("waiting");
            refuse(server, "later");
            assertServed(server);
            assertUnavailable(root.get("audit"));
            assertUnavailable(root.get("audit/verification"));
            assertUnavailable(root.post("origins", "{\"endpoint\":\"secure\",\"origin\":\"https://new.example\"}"));
            assertUnavailable(root.delete("origins/" + kept));
            assertThat(root.get("limits").statusCode()).isEqualTo(200);

            postgreSql.restart();

            await().atMost(PATIENCE).until(() -> ready(server) == 200);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(targets(root)).containsAll(refused));
            assertThat(targets(root)).doesNotHaveDuplicates();
            assertThat(root.object("audit/verification").getBoolean("intact")).isTrue();
            assertThat(root.delete("origins/" + kept).statusCode()).isEqualTo(204);
        }
    }

    private void refuse(ServerProcess server, String name) {
        String origin = "http://" + name + ".example";
        refused.add(origin);
        try (RawHttp http = RawHttp.connect(server.uri())) {
            assertThat(http.get(POLLING, "Origin: " + origin).status()).isEqualTo(403);
        }
    }

    /** Also the page that only the database knows of. */
    private static void assertServed(ServerProcess server) {
        try (RawHttp http = RawHttp.connect(server.uri())) {
            assertThat(http.get(POLLING, "Origin: https://kept.example").status())
                    .isEqualTo(200);
        }
        try (SocketClient client = SocketClient.open(EngineClient.Via.WEBSOCKET, server.uri())) {
            client.join("/");
            client.expectNothingMore();
        }
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body()).doesNotContainIgnoringCase("postgres").doesNotContain("Exception", "jdbc");
    }

    private static List<String> targets(Administrator root) {
        return root.list("audit?type=origin_refused&limit=1000").stream()
                .map((JsonObject each) -> each.getString("target"))
                .toList();
    }

    private static Answer readiness(ServerProcess server) {
        try (RawHttp http = RawHttp.connect(server.uri())) {
            return http.get("/health/ready");
        }
    }

    private static int ready(ServerProcess server) {
        return readiness(server).status();
    }
}
