package io.portcullis.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.FixtureServer;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawWebSocket;
import io.portcullis.socketio.testing.SocketClient;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "All requests go to the path with these query parameters": the checks, their order, their answers, the open packet. */
class HandshakeConformanceIT {

    private static final String PATH = "/socket.io/";

    private static void assertError(RawHttp.Answer answer, int code, String message) {
        assertThat(answer.status()).isEqualTo(code == 4 ? 403 : 400);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.text()).isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
    }

    private static void assertRefused(RawHttp.Answer answer, String message) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).startsWithIgnoringCase("text/html");
        assertThat(answer.header("connection")).isEqualToIgnoringCase("close");
        assertThat(answer.text()).isEqualTo(message);
    }

    @Test
    void opens_a_session_over_polling() {
        RawHttp.Answer answer = RawHttp.fetch(PATH + "?EIO=4&transport=polling");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("text/plain;charset=utf-8");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.text())
                .matches("0\\{\"sid\":\"[A-Za-z0-9_-]{20,}\",\"upgrades\":\\[\"websocket\"],"
                        + "\"pingInterval\":1000,\"pingTimeout\":1000,\"maxPayload\":1000000}");
    }

    @Test
    void opens_a_session_over_websocket() {
        try (RawWebSocket socket = RawWebSocket.open(PATH + "?EIO=4&transport=websocket")) {
            assertThat(socket.handshake().header("sec-websocket-accept")).isEqualTo("C/0nmHhBztSRGR1CwL6Tf4ZjwpY=");
            assertThat(socket.handshake().has("set-cookie")).isFalse();
            assertThat(socket.text())
                    .matches("0\\{\"sid\":\"[A-Za-z0-9_-]{20,}\",\"upgrades\":\\[],"
                            + "\"pingInterval\":1000,\"pingTimeout\":1000,\"maxPayload\":1000000}");
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void the_open_packet_has_exactly_five_keys(Via via) {
        try (EngineClient client = via.open("/engine.io/")) {
            JsonObject open = client.open();

            assertThat(open.keySet())
                    .containsExactlyInAnyOrder("sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload");
        }
    }

    @Test
    void offers_no_upgrade_where_there_is_no_websocket() {
        assertThat(RawHttp.fetch("/polling-only/?EIO=4&transport=polling").text())
                .contains("\"upgrades\":[]");
    }

    @Test
    void session_ids_are_long_url_safe_and_never_repeated() {
        Set<String> ids = new HashSet<>();
        try (RawHttp http = RawHttp.connect()) {
            for (int i = 0; i < 500; i++) {
                ids.add(EngineClient.json(http.get("/engine.io/?EIO=4&transport=polling")
                                .text()
                                .substring(1))
                        .getString("sid"));
            }
        }

        assertThat(ids).hasSize(500).allMatch(id -> id.matches("[A-Za-z0-9_-]{20,64}"));
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void the_socket_id_is_not_the_session_id(Via via) {
        try (SocketClient client = SocketClient.open(via, PATH)) {
            String id = client.join("/");

            assertThat(id).isNotEqualTo(client.engine().sid()).matches("[A-Za-z0-9_-]{20,}");
            assertThat(id).doesNotContain(client.engine().sid());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EIO=4",
                "",
                "EIO=4&transport=",
                "EIO=4&transport=abc",
                "EIO=4&transport=constructor",
                "EIO=4&transport=__proto__",
                "EIO=4&transport=webtransport",
                "EIO=4&transport=POLLING",
                "EIO=4&transport[]=polling",
                "EIO=4&transport=polling&transport=websocket",
                "transport=abc",
                "transport=abc&EIO=3",
                "EIO=4&transport=abc&sid=unknown"
            })
    void an_unknown_transport_is_error_0(String query) {
        assertError(RawHttp.fetch(PATH + "?" + query), 0, "Transport unknown");
        assertRefused(RawWebSocket.refused(PATH + "?" + query), "Transport unknown");
    }

    @Test
    void a_disabled_transport_is_error_0() {
        assertError(RawHttp.fetch("/ws-only/?EIO=4&transport=polling"), 0, "Transport unknown");
        assertRefused(RawWebSocket.refused("/polling-only/?EIO=4&transport=websocket"), "Transport unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "__proto__", "", "%00", "a,b", "..%2f", "0123456789012345678901234567"})
    void an_unknown_session_is_error_1(String sid) {
        String query = PATH + "?EIO=4&transport=polling&sid=" + sid;

        assertError(RawHttp.fetch(query), 1, "Session ID unknown");
        assertError(RawHttp.submit(query, "4hello"), 1, "Session ID unknown");
        assertRefused(RawWebSocket.refused(PATH + "?EIO=4&transport=websocket&sid=" + sid), "Session ID unknown");
    }

    @Test
    void an_unknown_session_is_found_out_before_the_protocol_version() {
        assertError(RawHttp.fetch(PATH + "?EIO=3&transport=polling&sid=unknown"), 1, "Session ID unknown");
    }

    @Test
    void a_session_of_one_mount_point_is_unknown_at_another() {
        try (EngineClient client = Via.POLLING.open("/engine.io/")) {
            assertError(RawHttp.fetch(PATH + "?EIO=4&transport=polling&sid=" + client.sid()), 1, "Session ID unknown");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void a_handshake_that_is_not_a_get_is_error_2(String method) {
        assertError(
                RawHttp.once(method, PATH + "?EIO=4&transport=polling", "Content-Length: 0"),
                2,
                "Bad handshake method");
        assertError(RawHttp.once(method, PATH + "?transport=polling", "Content-Length: 0"), 2, "Bad handshake method");
    }

    @Test
    void a_handshake_with_head_is_refused_without_a_body() {
        RawHttp.Answer answer = RawHttp.once("HEAD", PATH + "?EIO=4&transport=polling");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "PUT", "DELETE", "PATCH"})
    void other_methods_do_a_session_no_harm(String method) {
        try (SocketClient client = SocketClient.joined(Via.POLLING)) {
            String query =
                    PATH + "?EIO=4&transport=polling&sid=" + client.engine().sid();

            RawHttp.Answer answer = RawHttp.once(method, query, "Content-Length: 0");

            assertThat(answer.status()).isBetween(400, 599);
            client.expectNothingMore();
        }
    }

    @Test
    void a_websocket_handshake_without_an_upgrade_is_error_3() {
        assertError(RawHttp.fetch(PATH + "?EIO=4&transport=websocket"), 3, "Bad request");
    }

    @Test
    void an_upgrade_request_for_polling_is_refused() {
        assertThat(RawWebSocket.refused(PATH + "?EIO=4&transport=polling").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x0b, 0x1f, 0x7f})
    void an_origin_with_illegal_characters_is_refused(int character) {
        try (RawHttp http = RawHttp.connect()) {
            RawHttp.Answer answer =
                    http.get(PATH + "?EIO=4&transport=polling", "Origin: http://a" + (char) character + "b");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).doesNotContain("sid");
        }
    }

    @ParameterizedTest
    @CsvSource({"polling,websocket", "websocket,polling"})
    void a_request_over_another_transport_is_error_3(String own, String other) {
        try (EngineClient client = Via.valueOf(own.toUpperCase()).open("/engine.io/")) {
            RawHttp.Answer answer = RawHttp.fetch("/engine.io/?EIO=4&transport=" + other + "&sid=" + client.sid());

            assertError(answer, 3, "Bad request");
            client.send("4still here");
            assertThat(client.text()).isEqualTo("4still here");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EIO=3&", "EIO=5&", ""})
    void another_protocol_version_than_the_sessions_is_error_3(String version) {
        try (EngineClient client = Via.POLLING.open("/engine.io/")) {
            String sid = "&sid=" + client.sid();

            assertError(RawHttp.fetch("/engine.io/?" + version + "transport=polling" + sid), 3, "Bad request");
            assertRefused(RawWebSocket.refused("/engine.io/?" + version + "transport=websocket" + sid), "Bad request");
            client.send("4still here");
            assertThat(client.text()).isEqualTo("4still here");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"transport=", "EIO=3&transport=", "EIO=5&transport=", "EIO=&transport=", "EIO=04&transport="})
    void another_protocol_version_is_error_5(String query) {
        assertError(RawHttp.fetch(PATH + "?" + query + "polling"), 5, "Unsupported protocol version");
        assertRefused(RawWebSocket.refused(PATH + "?" + query + "websocket"), "Unsupported protocol version");
    }

    @Test
    void the_application_may_refuse_with_and_without_its_own_words() {
        assertError(RawHttp.fetch(PATH + "?EIO=4&transport=polling&reject"), 4, "Forbidden");
        assertError(RawHttp.fetch(PATH + "?EIO=4&transport=polling&reject=go%20%22away%22"), 4, "go \\\"away\\\"");
        assertRefused(RawWebSocket.refused(PATH + "?EIO=4&transport=websocket&reject="), "Forbidden");
        assertRefused(RawWebSocket.refused(PATH + "?EIO=4&transport=websocket&reject=no"), "no");
    }

    @Test
    void the_application_is_asked_before_the_version_and_after_everything_else() {
        assertError(RawHttp.fetch(PATH + "?EIO=3&transport=polling&reject=x"), 4, "x");
        assertError(
                RawHttp.once("POST", PATH + "?EIO=4&transport=polling&reject=x", "Content-Length: 0"),
                2,
                "Bad handshake method");
        assertError(RawHttp.fetch(PATH + "?EIO=4&transport=abc&reject=x"), 0, "Transport unknown");
        assertError(RawHttp.fetch(PATH + "?EIO=4&transport=websocket&reject=x"), 3, "Bad request");
    }

    @Test
    void the_application_is_not_asked_about_requests_of_a_session() {
        try (EngineClient client = Via.POLLING.open(PATH)) {
            String query = PATH + "?EIO=4&transport=polling&reject=x&sid=" + client.sid();

            assertThat(RawHttp.submit(query, "40").text()).isEqualTo("ok");
            assertThat(client.text()).startsWith("40{\"sid\"");
        }
    }

    @Test
    void cookies_headers_and_leftover_parameters_do_not_matter() {
        RawHttp.Answer answer = RawHttp.fetch(
                PATH + "?EIO=4&transport=polling&t=P4f.x&b64=1&other=%20", "Cookie: io=mine", "X-Io: mine");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).startsWith("0{").doesNotContain("mine");
    }

    @Test
    void a_leftover_parameter_that_cannot_be_decoded_does_not_matter() {
        RawHttp.Answer answer = RawHttp.fetch(PATH + "?EIO=4&transport=polling&other=%zz");

        // WildFly 39 refuses the request before any servlet sees it
        assertThat(answer.status()).isEqualTo(FixtureServer.is("wildfly") ? 400 : 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/socket.io/x", "/socket.io", "/nothing", "/engine.iox/"})
    void other_paths_are_not_found(String path) {
        assertThat(RawHttp.fetch(path + "?EIO=4&transport=polling").status()).isEqualTo(404);
    }

    @Test
    void the_root_of_an_application_without_a_page_is_the_servers_business() {
        // WildFly 39 forbids to list the folder, the others have no such folder
        assertThat(RawHttp.fetch("/?EIO=4&transport=polling").status())
                .isEqualTo(FixtureServer.is("wildfly") ? 403 : 404);
    }

    @Test
    void a_refused_handshake_ends_the_connection_of_a_websocket() {
        try (RawHttp http = RawHttp.connect()) {
            assertRefused(http.get(PATH + "?EIO=4&transport=abc", RawWebSocket.upgrade()), "Transport unknown");
            assertThat(http.endsWithin(Duration.ofSeconds(3))).isTrue();
        }
    }
}
