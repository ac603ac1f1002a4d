package io.portcullis.socketio.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.testing.Administrator;
import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawHttp.Answer;
import io.portcullis.socketio.testing.RawWebSocket;
import io.portcullis.socketio.testing.ServerProcess;
import io.portcullis.socketio.testing.SocketClient;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Origins that come and go while the server runs. */
class DynamicOriginsIT {

    private static final String POLLING = "/secure/?EIO=4&transport=polling";
    private static final String LISTED = "Origin: http://allowed.example";

    private final Administrator root = Administrator.root();
    private final String origin = "https://" + UUID.randomUUID() + ".example";
    private final String page = "Origin: " + origin;

    @RegisterExtension
    final Bystander bystander = new Bystander();

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
        assertThat(answer.headers()).doesNotContainKeys("set-cookie", "access-control-allow-origin");
    }

    private void assertPageIsOut() {
        assertRefused(RawHttp.fetch(POLLING, page));
        assertRefused(RawHttp.fetch("/secure/?EIO=4&transport=websocket", RawWebSocket.upgrade(page)));
    }

    @Test
    void an_origin_that_is_added_may_come_at_once_and_to_that_endpoint_alone() {
        assertPageIsOut();

        String id = root.allow("secure", origin);

        Answer answer = RawHttp.fetch(POLLING, page);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(origin);
        EngineClient.Via.WEBSOCKET.open("/secure/", page).close();
        assertRefused(RawHttp.fetch("/strict-origin/?EIO=4&transport=polling", page));
        assertThat(root.delete("origins/" + id).statusCode()).isEqualTo(204);
    }

    @Test
    void a_pattern_can_be_added_too() {
        String id = root.allow("secure", origin.replace("://", "://*."));

        String below = origin.replace("://", "://one.");
        EngineClient.Via.WEBSOCKET.open("/secure/", "Origin: " + below).close();
        assertPageIsOut();

        root.delete("origins/" + id);
        assertRefused(RawHttp.fetch(POLLING, "Origin: " + below));
    }

    @ParameterizedTest
    @EnumSource
    void O14_an_origin_that_is_removed_is_out_at_once_and_its_sockets_are_closed(EngineClient.Via via) {
        String id = root.allow("secure", origin);
        try (SocketClient listed = SocketClient.open(EngineClient.Via.WEBSOCKET, "/secure/", LISTED);
                SocketClient program = SocketClient.open(EngineClient.Via.WEBSOCKET, "/secure/");
                SocketClient victim = SocketClient.open(via, "/secure/", page)) {
            listed.enter("/public");
            program.enter("/public");
            String socketId = victim.enter("/public");

            assertThat(root.delete("origins/" + id).statusCode()).isEqualTo(204);

            assertPageIsOut();
            victim.engine().awaitEnd();
            assertReason(listed, socketId);
            assertThat(program.ask("/public", "[\"echo\",1]").getInt(0)).isEqualTo(1);
            await().untilAsserted(() -> assertThat(root.list("audit?type=disconnected"))
                    .filteredOn(each -> each.getString("socketId").equals(socketId))
                    .singleElement()
                    .extracting(each -> each.getString("code"))
                    .isEqualTo("origin removed"));
        }
    }

    @Test
    void O14_an_origin_that_something_else_allows_stays() {
        String id = root.allow("secure", "https://one.apps.example");
        try (SocketClient client =
                SocketClient.open(EngineClient.Via.WEBSOCKET, "/secure/", "Origin: https://one.apps.example")) {
            client.enter("/public");

            root.delete("origins/" + id);

            assertThat(client.ask("/public", "[\"echo\",1]").getInt(0)).isEqualTo(1);
        }
    }

    @Test
    void O15_an_origin_that_is_removed_between_handshake_and_upgrade_is_out() {
        String id = root.allow("secure", origin);
        try (RawHttp http = RawHttp.connect()) {
            String sid = EngineClient.json(http.get(POLLING, page).text().substring(1))
                    .getString("sid");

            root.delete("origins/" + id);

            String upgrade = "/secure/?EIO=4&transport=websocket&sid=" + sid;
            assertRefused(RawHttp.fetch(upgrade, RawWebSocket.upgrade(page)));
            assertRefused(http.get(POLLING + "&sid=" + sid, page));
            // and no other page can go on with it
            await().untilAsserted(() -> assertThat(
                            RawHttp.fetch(POLLING + "&sid=" + sid, LISTED).status())
                    .isEqualTo(400));
        }
    }

    /** The page's own origin is the one that the proxy is asked for; its polls say so in other words than its WebSocket. */
    @Test
    void D4_a_removed_page_behind_a_proxy_is_out_though_its_handshake_had_no_origin() {
        String[] proxy = {
            "X-Forwarded-For: 203.0.113.77", "X-Forwarded-Proto: https", "X-Forwarded-Host: " + origin.substring(8)
        };
        String limited = "/limited/?EIO=4&transport=";
        String id = root.allow("limited", origin);
        try (SocketClient watcher = SocketClient.open(EngineClient.Via.WEBSOCKET, "/limited/", LISTED)) {
            watcher.enter("/public");
            Answer opened = RawHttp.fetch(limited + "polling", with(proxy, "Sec-Fetch-Site: same-origin"));
            assertThat(opened.status()).isEqualTo(200);
            String sid = EngineClient.json(opened.text().substring(1)).getString("sid");
            String cookie = "Cookie: " + opened.header("set-cookie").replaceFirst(";.*", "");
            try (RawWebSocket socket = RawWebSocket.open(limited + "websocket&sid=" + sid, with(proxy, page, cookie))) {
                socket.send("2probe");
                assertThat(socket.text()).isEqualTo("3probe");
                socket.send("5");
                socket.send("40/public,");
                String joined = socket.text();
                assertThat(joined).startsWith("40/public,{\"sid\":");
                String socketId = EngineClient.json(joined.substring("40/public,".length()))
                        .getString("sid");

                assertThat(root.delete("origins/" + id).statusCode()).isEqualTo(204);

                assertThat(socket.closeCode()).isNotEqualTo(RawWebSocket.NO_FRAME);
                assertReason(watcher, socketId);
            }
            assertRefused(RawHttp.fetch(limited + "polling", with(proxy, "Sec-Fetch-Site: same-origin")));
        }
    }

    private static void assertReason(SocketClient watcher, String socketId) {
        await().untilAsserted(() -> assertThat(watcher.ask("/public", "[\"reason-of\",\"" + socketId + "\"]")
                        .get(0))
                .isInstanceOfSatisfying(JsonObject.class, farewell -> assertThat(farewell.getString("reason"))
                        .isEqualTo("origin removed")));
    }

    private static String[] with(String[] headers, String... more) {
        String[] all = Arrays.copyOf(headers, headers.length + more.length);
        System.arraycopy(more, 0, all, headers.length, more.length);
        return all;
    }

    @Test
    void what_was_added_and_what_happened_is_kept_after_a_restart(@TempDir Path data) throws Exception {
        Map<String, String> environment = Map.of(
                "PORTCULLIS_DATA",
                data.toString(),
                "FIXTURE_PING_INTERVAL",
                "25000"); // nobody answers pings while the server stops
        try (ServerProcess first = ServerProcess.launch("target/portcullis-fixture.war", environment);
                SocketClient client = SocketClient.open(EngineClient.Via.WEBSOCKET, first.uri(), "/secure/")) {
            Administrator.root(first.uri()).allow("secure", origin);
            String socketId = client.enter("/public");
            first.terminate();
            assertThat(first.awaitEnd(Duration.ofSeconds(60))).isTrue();

            try (ServerProcess second = first.again()) {
                assertThat(Administrator.root(second.uri()).list("audit?type=disconnected"))
                        .filteredOn(each -> each.getString("socketId").equals(socketId))
                        .singleElement()
                        .satisfies(each -> assertThat(each.getString("code")).isEqualTo("server shutting down"));
                assertKeptUntilRemoved(second);
            }
        }
    }

    private void assertKeptUntilRemoved(ServerProcess server) {
        Administrator admin = Administrator.root(server.uri());
        assertThat(admin.object("audit/verification").getBoolean("intact")).isTrue();
        try (RawHttp http = RawHttp.connect(server.uri())) {
            assertThat(http.get(POLLING, page).status()).isEqualTo(200);
            JsonObject kept = admin.list("origins?endpoint=secure").stream()
                    .filter(each -> each.getString("origin").equals(origin))
                    .findFirst()
                    .orElseThrow();

            admin.delete("origins/" + kept.getString("id"));

            assertRefused(http.get(POLLING, page));
        }
    }
}
