package io.portcullis.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawWebSocket;
import io.portcullis.socketio.testing.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is emptied, or told to stop, sends its clients away in good order. */
@Timeout(240)
class GracefulShutdownIT {

    private static final Path WAR = Path.of("target/portcullis-features.war");
    private static final int CLIENTS = 60;
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String DRAINING = "42/farewell,[\"server:draining\",{\"reconnectAfterMs\":";

    private static final Pattern LOCK = Pattern.compile(".*lock(file)?|pid", Pattern.CASE_INSENSITIVE);

    private static final Map<String, String> CHECKS =
            Map.of("ready", "readiness", "live", "liveness", "started", "startup");

    @TempDir
    Path folder;

    private Path farewells;
    private Path untouched;
    private ServerProcess server;
    private final List<RawWebSocket> clients = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        farewells = Files.createFile(folder.resolve("farewells"));
        untouched = Files.copy(WAR, folder.resolve("copy.war"));
        server = ServerProcess.launch(
                WAR.toString(),
                Map.of("SOCKETIO_PING_INTERVAL", "PT57S"),
                "-Dfeatures.farewells=" + farewells.toAbsolutePath(),
                "-Dmp.config.profile=test",
                "-D%test.socketio.ping-timeout=PT6S");
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(join());
        }
    }

    @AfterEach
    void stop() {
        clients.forEach(RawWebSocket::vanish);
        server.close();
    }

    private RawWebSocket join() {
        RawWebSocket socket = RawWebSocket.open(server.uri(), WEBSOCKET);
        assertThat(socket.text())
                .as("configuration from the environment and from a profile")
                .contains("\"pingInterval\":57000", "\"pingTimeout\":6000");
        socket.send("40/farewell");
        assertThat(socket.text()).startsWith("40/farewell,");
        return socket;
    }

    @Test
    void a_server_that_is_emptied_refuses_new_clients_and_sends_the_others_away_in_slices() throws IOException {
        RawHttp polling = RawHttp.connect(server.uri());
        String poll = POLLING + "&sid="
                + EngineClient.json(polling.get(POLLING).text().substring(1)).getString("sid");
        polling.post(poll, "40/farewell");
        polling.get(poll);
        polling.sendGet(poll);
        assertThat(health("ready")).isEqualTo(200);

        clients.get(0).send("42/farewell,[\"drain\",1000]");

        assertThat(polling.read().text()).startsWith(DRAINING).endsWith("}]\u001e1");
        polling.close();
        for (RawWebSocket client : clients) {
            assertThat(client.text()).startsWith(DRAINING);
            assertThat(client.closeCode()).isEqualTo(1001);
        }
        try (RawHttp late = RawHttp.connect(server.uri())) {
            RawHttp.Answer answer = late.get(POLLING);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(1, 30);
            assertThat(answer.text()).isEqualTo("{\"code\":4,\"message\":\"Server is draining\"}");
            RawHttp.Answer upgrade = late.get(WEBSOCKET, RawWebSocket.upgrade());
            assertThat(upgrade.status()).isEqualTo(503);
            assertThat(Integer.parseInt(upgrade.header("retry-after"))).isBetween(1, 30);
        }
        assertThat(health("ready")).isEqualTo(503);
        assertThat(health("live")).isEqualTo(200);
        assertThat(health("started")).isEqualTo(200);
        assertFarewells(CLIENTS + 1);
    }

    @Test
    void a_server_that_is_told_to_stop_tells_its_clients_and_runs_their_last_handlers() throws Exception {
        server.terminate();

        Set<Integer> hints = new HashSet<>();
        for (RawWebSocket client : clients) {
            hints.add(hint(client));
            assertThat(client.closeCode()).isEqualTo(1001);
        }
        assertThat(hints)
                .as("spread out")
                .hasSizeGreaterThan(CLIENTS / 2)
                .allMatch(hint -> hint >= 0 && hint <= 30_000);
        assertThat(server.awaitEnd(Duration.ofSeconds(20))).isTrue();
        assertThat(locks()).isEmpty();
        assertFarewells(CLIENTS);
    }

    /** What a client is told: when to come back. */
    private static int hint(RawWebSocket client) {
        String text = client.text();
        assertThat(text).startsWith(DRAINING);
        return Integer.parseInt(text.substring(DRAINING.length(), text.length() - "}]".length()));
    }

    /** What the script does then is the same for all servers. */
    @Test
    void a_server_that_hangs_is_killed_in_time() throws Exception {
        assumeTrue(ServerProcess.serverName().equals("liberty"), "Once is enough.");
        List<ProcessHandle> processes = server.processes();
        server.freeze();

        server.terminate();

        assertThat(server.awaitEnd(Duration.ofSeconds(20))).isTrue();
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(locks()).isEmpty();
    }

    @Test
    void a_server_that_is_interrupted_leaves_nothing_and_can_be_started_again() throws Exception {
        List<ProcessHandle> processes = server.processes();
        assertThat(processes).hasSizeGreaterThan(1);
        assertThat(locks()).isNotEmpty();
        assertThat(server.interfaces()).containsExactly("loopback");
        assertThat(server.output().lines())
                .singleElement()
                .asString()
                .startsWith("Portcullis is ready: http://127.0.0.1:");

        server.interrupt();

        assertThat(server.awaitEnd(Duration.ofSeconds(20))).isTrue();
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(locks()).isEmpty();
        assertThat(Files.mismatch(WAR, untouched)).as("the WAR is as it was").isEqualTo(-1);
        assertFarewells(CLIENTS);
        server = server.again();
        clients.add(join());
    }

    /** Files that say that a server is running. */
    private List<Path> locks() throws IOException {
        try (Stream<Path> files = Files.walk(ServerProcess.folder(server.uri()))) {
            return files.filter(
                            file -> LOCK.matcher(file.getFileName().toString()).matches())
                    .toList();
        }
    }

    private int health(String kind) {
        URI check = server.health().resolve(kind);
        try (RawHttp http = RawHttp.connect(check)) {
            RawHttp.Answer answer = http.get(check.getPath());
            assertThat(answer.text()).contains("socketio-" + CHECKS.get(kind));
            return answer.status();
        }
    }

    private void assertFarewells(int count) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(Files.readAllLines(farewells))
                .hasSize(count)
                .allMatch(line -> line.endsWith(" server shutting down")));
    }
}
