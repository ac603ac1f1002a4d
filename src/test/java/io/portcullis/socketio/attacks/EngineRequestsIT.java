package io.portcullis.socketio.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawHttp.Answer;
import io.portcullis.socketio.testing.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client would send. */
class EngineRequestsIT {

    private static final String POLLING = "/secure/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/secure/?EIO=4&transport=websocket";
    private static final String INTERNAL = "/.portcullis/websocket";
    private static final String MADE_UP = "AAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @RegisterExtension
    final Bystander bystander = new Bystander();

    private static void assertError(Answer answer, int code) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).startsWith("{\"code\":" + code + ",");
        assertThat(answer.headers()).doesNotContainKey("set-cookie");
    }

    private static String sid(Answer answer) {
        return EngineClient.json(answer.text().substring(1)).getString("sid");
    }

    @Test
    void E01_nothing_that_the_client_names_becomes_its_session() {
        Answer answer = RawHttp.fetch(POLLING, "Cookie: io=" + MADE_UP, "io: " + MADE_UP, "sid: " + MADE_UP);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).doesNotContain(MADE_UP);
        assertError(RawHttp.fetch(POLLING + "&sid=" + MADE_UP), 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"__proto__", "constructor", "%00", "a&sid=b", "%3Cscript%3E", "../../x", MADE_UP})
    void E02_an_unknown_session_is_answered_the_same_whatever_it_is_called(String sid) {
        Answer answer = RawHttp.fetch(POLLING + "&sid=" + sid);

        assertError(answer, 1);
        assertThat(answer.text()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    @Test
    void E02_an_endless_session_id_is_refused() {
        assertError(RawHttp.fetch(POLLING + "&sid=" + "a".repeat(10_000)), 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EIO=4",
                "EIO=4&transport=",
                "EIO=4&transport=carrier-pigeon",
                "EIO=4&transport=polling&transport=polling",
                "EIO=4&transport=polling&transport=websocket",
                "EIO=4&transport[]=polling",
                "EIO=4&transport=__proto__"
            })
    void E03_a_transport_that_is_none_is_error_0(String query) {
        assertError(RawHttp.fetch("/secure/?" + query), 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EIO=3&transport=polling",
                "EIO=5&transport=polling",
                "transport=polling",
                "EIO=4&EIO=4&transport=polling"
            })
    void E04_another_version_is_error_5(String query) {
        assertError(RawHttp.fetch("/secure/?" + query), 5);
    }

    @ParameterizedTest
    @CsvSource({"POST", "PUT", "DELETE", "TRACE", "PROPFIND"})
    void E05_a_handshake_is_a_GET(String method) {
        assertThat(RawHttp.once(method, POLLING, "Content-Length: 0").status())
                .isIn(400, 403, 405, 501); // some methods are the server's to refuse
    }

    @Test
    void E06_a_poll_for_a_session_on_WebSocket_is_error_3() {
        try (EngineClient client = EngineClient.Via.WEBSOCKET.open("/secure/")) {
            assertError(RawHttp.fetch(POLLING + "&sid=" + client.sid()), 3);
            client.send("40/public,");
            assertThat(client.text()).startsWith("40/public,");
        }
    }

    @Test
    void E07_of_two_polls_at_once_the_second_ends_the_session() {
        try (RawHttp first = RawHttp.connect()) {
            String target = POLLING + "&sid=" + sid(first.get(POLLING));
            first.sendGet(target);
            await().untilAsserted(
                            () -> assertThat(RawHttp.fetch(target).status()).isEqualTo(400));

            assertThat(first.read().status()).isEqualTo(200);
            assertError(RawHttp.fetch(target), 1);
        }
    }

    @Test
    void E08_of_two_posts_at_once_the_second_ends_the_session() {
        try (RawHttp first = RawHttp.connect();
                RawHttp second = RawHttp.connect()) {
            String target = POLLING + "&sid=" + sid(first.get(POLLING));
            first.send(RawHttp.head("POST", target, "Content-Type: text/plain", "Content-Length: 10") + "\r\n40/");

            await().untilAsserted(() ->
                    assertThat(second.post(target, "40/public,").status()).isEqualTo(400));
            assertError(RawHttp.fetch(target), 1);
        }
    }

    @Test
    void E10_a_WebSocket_that_probes_and_stays_there_is_dropped_and_polling_lives_on() {
        try (RawHttp http = RawHttp.connect()) {
            String target = POLLING + "&sid=" + sid(http.get(POLLING));
            http.post(target, "40/public,");
            assertThat(http.get(target).text()).startsWith("40/public,");
            try (RawWebSocket socket = RawWebSocket.open(target.replace("polling", "websocket"))) {
                socket.send("2probe");
                assertThat(socket.text()).isEqualTo("3probe");
                CompletableFuture<Integer> dropped = CompletableFuture.supplyAsync(socket::closeCode);
                while (!dropped.isDone()) {
                    if (http.get(target).text().contains("2")) {
                        http.post(target, "3");
                    }
                }
            }
            assertThat(http.post(target, "42/public,1[\"echo\",\"on\"]").text()).isEqualTo("ok");
            http.post(target, "1");
        }
    }

    @Test
    void E17_who_joins_no_namespace_has_to_go() {
        try (RawWebSocket socket = RawWebSocket.open(WEBSOCKET)) {
            assertThat(socket.text()).startsWith("0{");

            assertThat(socket.closeCode(Duration.ofSeconds(6))).isNotEqualTo(RawWebSocket.NO_FRAME);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "multipart/form-data; boundary=x"})
    void E22_a_body_that_says_that_it_is_no_text_ends_the_session(String type) {
        String target = POLLING + "&sid=" + sid(RawHttp.fetch(POLLING));
        try (RawHttp http = RawHttp.connect()) {
            assertError(http.post(target, "40/public,".getBytes(), "Content-Type: " + type), 3);
        }
        assertError(RawHttp.fetch(target), 1);
    }

    @Test
    void E22_a_form_is_text_and_never_parameters() {
        String target = POLLING + "&sid=" + sid(RawHttp.fetch(POLLING));
        try (RawHttp http = RawHttp.connect()) {
            Answer answer = http.post(
                    target,
                    "40/public,{\"a\":\"b=c&d\"}".getBytes(),
                    "Content-Type: application/x-www-form-urlencoded");
            assertThat(answer.text()).isEqualTo("ok");
            assertThat(http.get(target).text()).startsWith("40/public,");
            http.post(target, "1");
        }
    }

    @Test
    void E24_a_request_with_two_lengths_is_one_request_at_most() {
        String target = POLLING + "&sid=" + sid(RawHttp.fetch(POLLING));
        String smuggled = "GET " + POLLING + " HTTP/1.1\r\nHost: example\r\n\r\n";
        try (RawHttp http = RawHttp.connect()) {
            http.send(RawHttp.head(
                            "POST",
                            target,
                            "Content-Type: text/plain",
                            "Content-Length: " + (5 + smuggled.length()),
                            "Transfer-Encoding: chunked")
                    + "\r\n0\r\n\r\n" + smuggled);

            assertOneAnswer(http);
        }
    }

    @Test
    void E24_a_space_before_the_first_header_hides_nothing() {
        try (RawHttp http = RawHttp.connect()) {
            http.send("GET /healthz HTTP/1.1\r\n Host: example\r\nHost: example\r\n\r\n");

            assertOneAnswer(http);
        }
    }

    /** Refused, or read as one request: what is hidden in it is answered by nobody. */
    private static void assertOneAnswer(RawHttp http) {
        String answers = http.rest(Duration.ofSeconds(2));
        assertThat(answers).containsOnlyOnce("HTTP/1.1 ").doesNotContain("sid");
    }

    @Test
    void E25_endless_extensions_and_protocols_are_refused_or_ignored_quickly() {
        for (String name : new String[] {"Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol"}) {
            String value = "permessage-deflate; a=\"" + "x,".repeat(32_000);
            long start = System.nanoTime();
            int status;
            try (RawHttp http = RawHttp.connect()) {
                status = http.get(WEBSOCKET, RawWebSocket.upgrade(name + ": " + value))
                        .status();
            } catch (java.io.UncheckedIOException e) { // cut off while it was being sent
                status = 400;
            }

            assertThat(status).isBetween(400, 499);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void E25_no_session_keeps_endless_headers() {
        String handshake = "/secure/?EIO=4&transport=polling";

        assertThat(RawHttp.fetch(handshake, header(7_000), header(7_000)).status())
                .isEqualTo(200);
        // each server has a limit of its own: what passes it is refused here
        assertThat(RawHttp.fetch(handshake, header(7_000), header(7_000), header(7_000), header(7_000), header(7_000))
                        .status())
                .isBetween(400, 499);
    }

    private static String header(int length) {
        return "X-Long: " + "a".repeat(length);
    }

    /** On Payara the answer is 101, and then nothing comes of it. */
    @Test
    void a_frame_in_one_piece_with_its_handshake_takes_no_place_for_long() {
        String page = "X-Forwarded-For: 203.0.113.77";
        String handshake = RawHttp.head("GET", "/limited/?EIO=4&transport=websocket", RawWebSocket.upgrade(page));
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes((handshake + "\r\n").getBytes(StandardCharsets.US_ASCII));
        both.writeBytes(RawWebSocket.masked(0x81, "40/public,".getBytes(StandardCharsets.US_ASCII)));
        List<RawHttp> connections = Stream.generate(RawHttp::connect).limit(5).toList();

        connections.forEach(connection -> connection.send(both.toByteArray()));
        connections.forEach(connection -> assertThat(connection.read().status()).isEqualTo(101));
        connections.forEach(RawHttp::vanish);

        await().atMost(Duration.ofSeconds(8)) // upgrade time-out, or heartbeat
                .until(() ->
                        RawHttp.fetch("/limited/?EIO=4&transport=polling", page).status() == 200);
    }

    @Test
    void nobody_gets_to_the_WebSocket_but_through_a_mount_point() {
        for (String query : new String[] {"", "?EIO=4&transport=websocket", "?EIO=4&transport=polling"}) {
            assertThat(RawHttp.fetch(INTERNAL + query).status()).isEqualTo(404);
            assertThat(RawWebSocket.refused(INTERNAL + query).status()).isEqualTo(404);
        }
    }

    @Test
    void G05_no_refusal_tells_how_the_server_is_made() {
        Answer[] refusals = {
            RawHttp.fetch("/secure/?EIO=4"),
            RawHttp.fetch(POLLING + "&sid=x"),
            RawHttp.fetch(POLLING, "Origin: http://evil.example"),
            RawHttp.fetch("/secure/?EIO=5&transport=polling"),
            RawHttp.fetch(WEBSOCKET),
            RawHttp.fetch(WEBSOCKET, "Upgrade: websocket"),
            RawHttp.once("POST", POLLING, "Content-Length: 0")
        };

        for (Answer refusal : refusals) {
            assertThat(refusal.status()).isBetween(400, 499);
            assertThat(refusal.text()).doesNotContain("Exception", "java.", "io.portcullis", "\tat ");
        }
    }
}
