package io.portcullis.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawHttp.Answer;
import io.portcullis.socketio.testing.RawWebSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "CORS is off by default"; with it "on every answer including errors and the 101". And the cookie. */
class CorsConformanceIT {

    private static final String ORIGIN = "Origin: http://page.example";
    private static final String ALLOWED = "http://allowed.example";

    private static void assertOpenToAll(Answer answer) {
        assertThat(answer.headers().get("access-control-allow-origin")).containsExactly("*");
        assertThat(answer.has("access-control-allow-credentials")).isFalse();
        assertThat(answer.header("vary")).doesNotContain("Origin");
    }

    private static void assertStrict(Answer answer) {
        assertThat(answer.headers().get("access-control-allow-origin")).containsExactly(ALLOWED);
        assertThat(answer.headers().get("access-control-allow-credentials")).containsExactly("true");
        assertThat(vary(answer)).contains("Origin");
    }

    private static List<String> vary(Answer answer) {
        return answer.headers().getOrDefault("vary", List.of()).stream()
                .flatMap(value -> List.of(value.split(", *")).stream())
                .toList();
    }

    private static void assertNone(Answer answer) {
        assertThat(answer.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    private static String target(String path, EngineClient client) {
        return path + "?EIO=4&transport=polling&sid=" + client.sid();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/csr/", "/msgpack/", "/polling-only/"})
    void without_cors_no_polling_answer_has_a_header(String path) {
        assertNone(RawHttp.fetch(path + "?EIO=4&transport=polling", ORIGIN));
        assertNone(RawHttp.fetch(path + "?EIO=4&transport=abc", ORIGIN));
    }

    @Test
    void without_cors_no_answer_to_an_upgrade_has_a_header() {
        assertNone(RawWebSocket.refused("/csr/?EIO=4&transport=abc", ORIGIN));
        try (RawWebSocket socket = RawWebSocket.open("/csr/?EIO=4&transport=websocket", ORIGIN)) {
            assertNone(socket.handshake());
        }
    }

    @Test
    void without_cors_a_preflight_is_a_bad_request() {
        Answer answer = RawHttp.once("OPTIONS", "/csr/?EIO=4&transport=polling", ORIGIN);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo("{\"code\":2,\"message\":\"Bad handshake method\"}");
        assertNone(answer);
    }

    @Test
    void a_star_lets_every_page_read_every_answer() {
        assertOpenToAll(RawHttp.fetch("/socket.io/?EIO=4&transport=polling", ORIGIN));
        assertOpenToAll(RawHttp.fetch("/socket.io/?EIO=4&transport=polling"));
        try (EngineClient client = Via.POLLING.open("/engine.io/");
                RawHttp http = RawHttp.connect()) {
            byte[] body = {'4', 'x'};
            assertOpenToAll(http.post(target("/engine.io/", client), body, ORIGIN));
            assertOpenToAll(http.get(target("/engine.io/", client), ORIGIN));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EIO=4&transport=abc",
                "EIO=4&transport=polling&sid=x",
                "EIO=4&transport=websocket",
                "EIO=4&transport=polling&reject",
                "EIO=3&transport=polling"
            })
    void errors_can_be_read_as_well(String query) {
        assertOpenToAll(RawHttp.fetch("/socket.io/?" + query, ORIGIN));
        assertOpenToAll(RawHttp.once("OPTIONS", "/socket.io/?" + query, ORIGIN));
    }

    @Test
    void the_answers_to_requests_for_a_websocket_have_the_headers_too() {
        try (RawWebSocket socket = RawWebSocket.open("/socket.io/?EIO=4&transport=websocket", ORIGIN)) {
            assertOpenToAll(socket.handshake());
        }
        assertOpenToAll(RawWebSocket.refused("/socket.io/?EIO=4&transport=websocket&sid=x", ORIGIN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Origin: http://allowed.example", "Origin: http://evil.example", "Origin: null", "X-None: 1"})
    void one_origin_is_told_whatever_the_requests_origin_is(String origin) {
        assertStrict(RawHttp.fetch("/strict/?EIO=4&transport=polling", origin));
        assertStrict(RawHttp.fetch("/strict/?EIO=4&transport=abc", origin));
        assertStrict(RawHttp.once("OPTIONS", "/strict/?EIO=4&transport=polling", origin));
        try (RawWebSocket socket = RawWebSocket.open("/strict/?EIO=4&transport=websocket", origin)) {
            assertStrict(socket.handshake());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?EIO=4&transport=polling", "?EIO=4&transport=polling&sid=x", "?transport=abc"})
    void a_preflight_is_answered_before_any_check(String query) {
        Answer answer = RawHttp.once(
                "OPTIONS",
                "/strict/" + query,
                ORIGIN,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: content-type, x-token");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("access-control-allow-methods")).isEqualTo("GET,HEAD,PUT,PATCH,POST,DELETE");
        assertThat(answer.header("access-control-allow-headers")).isEqualTo("content-type, x-token");
        assertThat(answer.has("access-control-max-age")).isFalse();
        assertThat(vary(answer)).contains("Origin", "Access-Control-Request-Headers");
        assertStrict(answer);
    }

    @Test
    void a_preflight_that_asks_for_no_headers_is_told_none() {
        Answer answer = RawHttp.once("OPTIONS", "/socket.io/?EIO=4&transport=polling", ORIGIN);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.has("access-control-allow-headers")).isFalse();
        assertOpenToAll(answer);
    }

    @Test
    void the_cookie_comes_with_the_polling_handshake() {
        Answer answer = RawHttp.fetch("/strict/?EIO=4&transport=polling");
        String sid = EngineClient.json(answer.text().substring(1)).getString("sid");

        assertThat(answer.headers().get("set-cookie")).hasSize(1);
        assertThat(answer.header("set-cookie").split("; *"))
                .containsExactlyInAnyOrder("io=" + sid, "Path=/", "HttpOnly", "SameSite=Lax");
    }

    @Test
    void the_cookie_comes_with_no_other_answer() {
        try (EngineClient client = Via.POLLING.open("/strict/");
                RawHttp http = RawHttp.connect()) {
            assertThat(http.post(target("/strict/", client), "40").has("set-cookie"))
                    .isFalse();
            assertThat(http.get(target("/strict/", client)).has("set-cookie")).isFalse();
        }
        assertThat(RawHttp.fetch("/strict/?EIO=4&transport=abc").has("set-cookie"))
                .isFalse();
        assertThat(RawHttp.fetch("/socket.io/?EIO=4&transport=polling").has("set-cookie"))
                .isFalse();
        try (RawWebSocket socket = RawWebSocket.open("/strict/?EIO=4&transport=websocket")) {
            assertThat(socket.handshake().has("set-cookie")).isFalse();
        }
    }

    @Test
    void the_cookie_is_never_read() {
        try (EngineClient client = Via.POLLING.open("/strict/")) {
            Answer answer = RawHttp.fetch("/strict/?EIO=4&transport=polling", "Cookie: io=" + client.sid());

            assertThat(answer.text()).startsWith("0{").doesNotContain(client.sid());
        }
    }
}
