package io.portcullis.socketio.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawHttp.Answer;
import io.portcullis.socketio.testing.RawWebSocket;
import io.portcullis.socketio.testing.SocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that may not come get no further than the door, whatever they ask for. */
class OriginsIT {

    private static final String GOOD = "Origin: http://allowed.example";
    private static final String BAD = "Origin: http://evil.example";
    private static final String POLLING = "?EIO=4&transport=polling";
    private static final String WEBSOCKET = "?EIO=4&transport=websocket";

    @RegisterExtension
    final Bystander bystander = new Bystander();

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
        assertThat(answer.headers()).doesNotContainKeys("set-cookie", "access-control-allow-origin");
    }

    private static Answer upgrade(String target, String... headers) {
        return RawHttp.fetch(target, RawWebSocket.upgrade(headers));
    }

    @Test
    void O01_a_handshake_from_another_page_is_refused() {
        assertRefused(RawHttp.fetch("/secure/" + POLLING, BAD));
        assertRefused(RawHttp.once("POST", "/secure/" + POLLING, BAD, "Content-Length: 0"));
    }

    @Test
    void O02_a_WebSocket_from_another_page_is_refused() {
        assertRefused(upgrade("/secure/" + WEBSOCKET, BAD));
    }

    @ParameterizedTest
    @EnumSource
    void a_listed_page_may_come(EngineClient.Via via) {
        try (EngineClient client = via.open("/secure/", GOOD)) {
            assertThat(client.sid()).isNotEmpty();
        }
        via.open("/secure/", "Origin: https://one.apps.example").close();
    }

    @Test
    void O03_O04_O15_a_session_id_does_not_help_another_page() {
        try (RawHttp http = RawHttp.connect()) {
            String sid = EngineClient.json(
                            http.get("/secure/" + POLLING, GOOD).text().substring(1))
                    .getString("sid");
            String target = "/secure/" + POLLING + "&sid=" + sid;

            assertRefused(RawHttp.fetch(target, BAD));
            try (RawHttp attacker = RawHttp.connect()) {
                assertRefused(attacker.post(target, "40/public,".getBytes(), BAD, "Content-Type: text/plain"));
            }
            assertRefused(upgrade("/secure/" + WEBSOCKET + "&sid=" + sid, BAD));

            // the owner's session goes on, and joins the namespace for the first time
            assertThat(http.post(target, "40/public,").text()).isEqualTo("ok");
            assertThat(http.get(target, GOOD).text()).startsWith("40/public,{\"sid\":");
            http.post(target, "1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://allowed.example.evil.test",
                "http://evilallowed.example",
                "http://allowed.example@evil.test",
                "http://allowed.example:81",
                "https://allowed.example",
                "http://allowed.example/",
                "http://allowed.example/path",
                "http://allowed.example.",
                "http://allowed%2eexample",
                "http://xn--allowed-9b6c.example",
                "https://apps.example",
                "https://a.b.apps.example",
                "https://evil-apps.example",
                "http://one.apps.example",
                "null",
                "*"
            })
    void O06_O07_O08_O13_what_is_not_equal_is_another_page(String origin) {
        assertRefused(RawHttp.fetch("/secure/" + POLLING, "Origin: " + origin));
        assertRefused(upgrade("/secure/" + WEBSOCKET, "Origin: " + origin));
    }

    @Test
    void O07_a_dot_of_another_script_is_another_page() {
        Answer answer = RawHttp.fetch("/secure/" + POLLING, "Origin: http://allowed\u00e3\u0080\u0082example");

        assertThat(answer.status()).isIn(403, 400); // Payara lets no such header through
        assertThat(answer.headers()).doesNotContainKeys("set-cookie", "access-control-allow-origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://ALLOWED.example", "http://allowed.example:80", "https://ONE.apps.EXAMPLE"})
    void O06_upper_case_and_the_schemes_own_port_make_no_difference(String origin) {
        Answer answer = RawHttp.fetch("/secure/" + POLLING, "Origin: " + origin);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(origin);
    }

    @Test
    void O09_without_an_origin_only_where_it_is_allowed() {
        EngineClient.Via.POLLING.open("/secure/").close();

        assertRefused(RawHttp.fetch("/strict-origin/" + POLLING));
        assertRefused(upgrade("/strict-origin/" + WEBSOCKET));
        EngineClient.Via.WEBSOCKET.open("/strict-origin/", GOOD).close();
    }

    @Test
    void two_origins_are_none() {
        assertRefused(RawHttp.fetch("/secure/" + POLLING, GOOD, BAD));
        assertRefused(RawHttp.fetch("/secure/" + POLLING, GOOD, GOOD));
    }

    @Test
    void what_a_foreign_page_loads_like_an_image_is_no_client() {
        assertRefused(RawHttp.fetch("/secure/" + POLLING, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"));
    }

    @Test
    void O11_a_header_that_is_endless_or_none_is_a_bad_request_and_not_repeated() {
        for (String origin : new String[] {"http://" + "a".repeat(3_000), "http://allowed.example\u0001"}) {
            Answer answer = RawHttp.fetch("/secure/" + POLLING, "Origin: " + origin);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).doesNotContain("aaaa", "allowed");
            assertThat(answer.headers()).doesNotContainKeys("set-cookie", "access-control-allow-origin");
        }
    }

    @Test
    void O12_a_preflight_follows_the_same_decision() {
        String asks = "Access-Control-Request-Method: POST";
        Answer good = RawHttp.once("OPTIONS", "/secure/" + POLLING, GOOD, asks);
        Answer bad = RawHttp.once("OPTIONS", "/secure/" + POLLING, BAD, asks);

        assertThat(good.status()).isEqualTo(204);
        assertThat(good.header("access-control-allow-origin")).isEqualTo("http://allowed.example");
        assertThat(good.header("access-control-allow-credentials")).isEqualTo("true");
        assertThat(good.header("vary")).contains("Origin");
        assertRefused(bad);
        assertThat(bad.header("vary")).contains("Origin");
    }

    @Test
    void O12_answers_can_be_read_by_the_page_that_may_come_and_by_no_other() {
        Answer good = RawHttp.fetch("/secure/?EIO=4&transport=unknown", GOOD);
        Answer bad = RawHttp.fetch("/secure/?EIO=4&transport=unknown", BAD);

        assertThat(good.status()).isEqualTo(400);
        assertThat(good.header("access-control-allow-origin")).isEqualTo("http://allowed.example");
        assertThat(good.header("vary")).contains("Origin");
        assertRefused(bad);
    }

    @Test
    void the_browsers_client_is_behind_the_same_door() {
        assertRefused(RawHttp.fetch("/secure/socket.io.min.js", BAD));
        assertRefused(RawHttp.fetch("/strict-origin/socket.io.min.js"));
        assertThat(RawHttp.fetch("/secure/socket.io.min.js", GOOD).status()).isEqualTo(200);
    }

    @Test
    void O17_a_host_that_the_client_has_written_makes_no_page_the_servers_own() {
        try (RawHttp http = RawHttp.connect()) {
            http.send("GET /strict-origin/" + POLLING + " HTTP/1.1\r\nHost: evil.example\r\n" + BAD + "\r\n\r\n");
            assertRefused(http.read());
        }
        assertRefused(
                RawHttp.fetch("/secure/" + POLLING, BAD, "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: http"));
    }

    @Test
    void O19_no_answer_is_a_script() {
        assertNoScript(RawHttp.fetch("/secure/" + POLLING + "&j=0"));
        try (RawHttp http = RawHttp.connect()) {
            String sid = EngineClient.json(http.get("/secure/" + POLLING).text().substring(1))
                    .getString("sid");
            String target = "/secure/" + POLLING + "&sid=" + sid;

            assertNoScript(http.get(target + "&j=0"));

            // who asked in vain has taken nothing from the session, and has not ended it
            assertThat(http.post(target, "40/public,").text()).isEqualTo("ok");
            assertThat(http.get(target).text()).startsWith("40/public,{\"sid\":");
            http.post(target, "1");
        }
    }

    private static void assertNoScript(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).doesNotContain("javascript");
        assertThat(answer.text()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(answer.headers()).doesNotContainKey("set-cookie");
    }

    @ParameterizedTest
    @EnumSource
    void nothing_of_a_refused_handshake_is_left(EngineClient.Via via) {
        for (int i = 0; i < 200; i++) {
            String target = "/secure/?EIO=4&transport=" + via.text();
            assertRefused(via == EngineClient.Via.POLLING ? RawHttp.fetch(target, BAD) : upgrade(target, BAD));
        }

        try (SocketClient client = SocketClient.open(via, "/secure/")) {
            client.enter("/public");
            assertThat(client.ask("/public", "[\"echo\",1]").getInt(0)).isEqualTo(1);
        }
    }
}
