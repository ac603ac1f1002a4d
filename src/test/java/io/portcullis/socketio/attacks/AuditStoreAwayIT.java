package io.portcullis.socketio.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.testing.Administrator;
import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.PostgreSql;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawHttp.Answer;
import io.portcullis.socketio.testing.ServerProcess;
import io.portcullis.socketio.testing.SocketClient;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The database goes away, and comes back: who may come is decided all the time, and everything is written down in the end. */
class AuditStoreAwayIT {

    private static final String POLLING = "/secure/?EIO=4&transport=polling";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<String> refused = new ArrayList<>();

    @Test
    void G04_the_audit_waits_for_its_store_and_nothing_else_does() throws Exception {
        try (PostgreSql postgreSql = PostgreSql.start();
                ServerProcess server = ServerProcess.launch(
                        "target/portcullis-fixture.war", PostgreSql.environment(postgreSql.newDatabase()))) {
            Administrator root = Administrator.root(server.uri());
            String kept = root.allow("secure", "https://kept.example");
            refuse(server, "before");
            await().atMost(PATIENCE).until(() -> targets(root).containsAll(refused));
            assertThat(ready(server)).isEqualTo(200);

            postgreSql.stop();

            await("nothing happens, and it is noticed").atMost(PATIENCE).until(() -> ready(server) == 503);
            for (int i = 0; i < 90; i++) { // of a hundred in a second each is told
                refuse(server, "away-" + i);
            }
            assertThat(readiness(server).text()).contains("waiting");
            assertServed(server);
            assertNotAdministered(root, kept);

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

    private static void assertNotAdministered(Administrator root, String kept) {
        assertUnavailable(root.get("audit"));
        assertUnavailable(root.get("audit/verification"));
        assertUnavailable(root.post("origins", "{\"endpoint\":\"secure\",\"origin\":\"https://new.example\"}"));
        assertUnavailable(root.delete("origins/" + kept));
        assertThat(root.get("limits").statusCode()).isEqualTo(200);
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
        URI ready = server.health().resolve("ready");
        try (RawHttp http = RawHttp.connect(ready)) {
            return http.get(ready.getPath());
        }
    }

    private static int ready(ServerProcess server) {
        return readiness(server).status();
    }
}
