package io.portcullis.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.FixtureServer;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.SocketClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "GET receives, POST sends; both with sid." */
class PollingConformanceIT {

    private static final String UNKNOWN = "{\"code\":1,\"message\":\"Session ID unknown\"}";
    private static final int LIMIT = 1_000_000;

    /** WildFly 39 refuses a longer body before any servlet sees the request: attribute max-post-size of its listener. */
    private static final int WILDFLY_LIMIT = 10 * 1024 * 1024;

    private RawHttp http;
    private String target;

    @BeforeEach
    void opens_a_session() {
        http = RawHttp.connect();
        target = handshake("/engine.io/");
    }

    private String handshake(String path) {
        String query = path + "?EIO=4&transport=polling";
        return query + "&sid="
                + EngineClient.json(http.get(query).text().substring(1)).getString("sid");
    }

    @AfterEach
    void closes_the_connection() {
        http.close();
    }

    private void assertGone() {
        assertThat(RawHttp.fetch(target).text()).isEqualTo(UNKNOWN);
        assertThat(RawHttp.submit(target, "4x").text()).isEqualTo(UNKNOWN);
    }

    private void awaitGone() {
        await().atMost(Duration.ofSeconds(3))
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        RawHttp.once("PUT", target, "Content-Length: 0").text().equals(UNKNOWN));
    }

    @Test
    void a_post_is_answered_ok_and_a_get_with_what_is_queued() {
        RawHttp.Answer posted = http.post(target, "4hello\u001e4world");
        RawHttp.Answer polled = http.get(target);

        assertThat(posted.status()).isEqualTo(200);
        assertThat(posted.header("content-type")).startsWith("text/html");
        assertThat(posted.header("content-length")).isEqualTo("2");
        assertThat(posted.header("cache-control")).isEqualTo("no-store");
        assertThat(posted.text()).isEqualTo("ok");
        assertThat(polled.status()).isEqualTo(200);
        assertThat(polled.contentType()).isEqualTo("text/plain;charset=utf-8");
        assertThat(polled.header("cache-control")).isEqualTo("no-store");
        assertThat(polled.text()).isEqualTo("4hello\u001e4world");
    }

    @Test
    void a_get_waits_until_there_is_a_packet() {
        http.sendGet(target);
        RawHttp.submit(target, "4later");

        assertThat(http.read().text()).startsWith("4later");
    }

    @Test
    void many_gets_and_posts_share_a_connection() {
        for (int i = 0; i < 200; i++) {
            http.post(target, "4" + i);
            String polled = http.get(target).text();
            assertThat(polled.replace("2\u001e", "")).as("but for a ping").isEqualTo("4" + i);
        }
    }

    @Test
    void order_is_kept_within_and_between_posts() {
        for (int i = 0; i < 10; i++) {
            int from = i * 100;
            http.post(target, numbers(from, from + 100));
        }

        assertThat(http.get(target).text()).isEqualTo(numbers(0, 1000));
    }

    private static String numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(n -> "4" + n).collect(Collectors.joining("\u001e"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain;charset=UTF-8",
                "text/plain; charset=ISO-8859-1",
                "application/x-www-form-urlencoded",
                "application/json",
                "text/html"
            })
    void text_is_utf_8_whatever_the_content_type_says(String type) {
        String text = "4d=a&b=%41+\u00e9\u20ac\ud83d\ude00\u0000";

        http.post(target, text.getBytes(StandardCharsets.UTF_8), "Content-Type: " + type);

        assertThat(http.get(target).text()).isEqualTo(text);
    }

    @Test
    void a_post_without_a_content_type_is_text() {
        http.post(target, "4plain".getBytes(StandardCharsets.UTF_8));

        assertThat(http.get(target).text()).isEqualTo("4plain");
    }

    @Test
    void a_chunked_post_is_read_like_any_other() {
        http.send(RawHttp.head("POST", target, "Transfer-Encoding: chunked") + "\r\n3\r\n4he\r\n3\r\nllo\r\n0\r\n\r\n");

        assertThat(http.read().text()).isEqualTo("ok");
        assertThat(http.get(target).text()).isEqualTo("4hello");
    }

    @Test
    void a_post_may_come_in_pieces() {
        http.send(RawHttp.head("POST", target, "Content-Length: 6") + "\r\n4h");
        RawHttp.submit(target.replaceAll("sid=.*", "sid=other"), "3");
        http.send("ello");

        assertThat(http.read().text()).isEqualTo("ok");
        assertThat(http.get(target).text()).isEqualTo("4hello");
    }

    @ParameterizedTest
    @CsvSource({"bAQIDBA==,bAQIDBA==", "b,b", "bAQIDBA,bAQIDBA==", "b-_8=,b+/8=", "b-_8,b+/8="})
    void binary_is_base64_in_both_directions(String sent, String received) {
        http.post(target, "4before\u001e" + sent + "\u001e4after");

        assertThat(http.get(target).text()).isEqualTo("4before\u001e" + received + "\u001e4after");
    }

    @Test
    void base64_may_be_broken_into_lines() {
        http.post(target, "bAQID\nBAUG\r\n\u001eb\n");

        assertThat(http.get(target).text()).isEqualTo("bAQIDBAUG\u001eb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "7", "9x", " 4x", "", "b!!!", "B", "\u00e9", "-1"})
    void decoding_stops_at_the_first_invalid_packet_and_ends_the_session(String invalid) {
        try (SocketClient other = SocketClient.joined()) {
            target = handshake("/socket.io/");
            http.post(target, "40");
            String id = EngineClient.json(http.get(target).text().substring(2).split("\u001e")[0])
                    .getString("sid");

            RawHttp.Answer answer = http.post(
                    target, "42[\"emit-all\",\"counted\"]\u001e" + invalid + "\u001e42[\"emit-all\",\"not counted\"]");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("ok");
            assertGone();
            assertThat(other.text()).isEqualTo("2[\"counted\"]");
            assertThat(other.reasonOf(id)).isEqualTo("parse error");
        }
    }

    @Test
    void an_empty_post_ends_the_session() {
        assertThat(http.post(target, "").status()).isEqualTo(200);
        assertGone();
    }

    @Test
    void invalid_utf_8_ends_the_session_and_is_never_replaced() {
        http.post(target, new byte[] {'4', (byte) 0xc3, 0x28}, "Content-Type: text/plain");

        assertGone();
    }

    @Test
    void a_second_poll_ends_the_session() {
        try (RawHttp other = RawHttp.connect()) {
            http.sendGet(target);
            other.sendGet(target);
            List<RawHttp.Answer> answers = Stream.of(http.read(), other.read())
                    .sorted(Comparator.comparingInt(RawHttp.Answer::status))
                    .toList(); // whichever came first

            assertThat(answers).extracting(RawHttp.Answer::status).containsExactly(200, 400);
            assertThat(answers).extracting(RawHttp.Answer::text).containsExactly("1", "");
            assertGone();
        }
    }

    @Test
    void a_second_post_ends_the_session() {
        try (RawHttp second = RawHttp.connect()) {
            http.send(RawHttp.head("POST", target, "Content-Length: 10") + "\r\n4a");
            await().pollInterval(Duration.ofMillis(20))
                    .until(() -> second.post(target, "3").status() == 400);

            assertGone();
        }
    }

    @Test
    void a_post_that_the_client_aborts_ends_the_session() {
        RawHttp.Answer polled;
        try (RawHttp polls = RawHttp.connect()) {
            polls.sendGet(target);
            http.send(RawHttp.head("POST", target, "Content-Length: 10") + "\r\n4a");
            http.vanish();
            polled = polls.read();
        }

        assertThat(polled.text()).isIn("1", "2", UNKNOWN); // a ping may come first, or the poll too late
        awaitGone();
    }

    /** No container notices at once; the heartbeat does. */
    @Test
    void a_poll_that_the_client_aborts_ends_the_session() {
        http.sendGet(target);
        http.vanish();

        awaitGone();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/octet-stream", "Application/Octet-Stream; x=y", "multipart/form-data; boundary=x"})
    void a_binary_post_is_answered_400_and_ends_the_session(String type) {
        RawHttp.Answer answer = http.post(target, new byte[] {4, 1, 2}, "Content-Type: " + type);

        assertThat(answer.status()).isEqualTo(400);
        assertGone();
    }

    @Test
    void a_post_of_exactly_the_limit_is_accepted() {
        String largest = "4" + "x".repeat(LIMIT - 1);

        assertThat(http.post(target, largest).status()).isEqualTo(200);
        assertThat(http.get(target).text()).isEqualTo(largest);
    }

    @Test
    void the_limit_counts_bytes_and_not_characters() {
        assertThat(RawHttp.submit(target, "4" + "\u20ac".repeat(LIMIT / 3)).status())
                .isEqualTo(200);
        assertThat(RawHttp.submit(target, "4" + "\u20ac".repeat(LIMIT / 3 + 1)).status())
                .isEqualTo(413);
    }

    @Test
    void a_post_above_the_limit_is_answered_413_and_the_session_stays() {
        try (RawHttp large = RawHttp.connect()) {
            RawHttp.Answer answer = large.post(target, "4" + "x".repeat(LIMIT));

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEmpty();
        }
        http.post(target, "4still here");
        assertThat(http.get(target).text()).isEqualTo("4still here");
    }

    @Test
    void a_chunked_post_above_the_limit_is_cut_while_it_is_read() {
        try (RawHttp endless = RawHttp.connect()) {
            endless.send(RawHttp.head("POST", target, "Transfer-Encoding: chunked") + "\r\n");
            String chunk = "10000\r\n" + "4".repeat(0x10000) + "\r\n";
            for (int i = 0; i <= LIMIT / 0x10000; i++) {
                endless.send(chunk);
            }

            assertThat(endless.read().status()).isEqualTo(413);
        }
        http.post(target, "4still here");
        assertThat(http.get(target).text()).isEqualTo("4still here");
    }

    @ParameterizedTest
    @ValueSource(longs = {LIMIT + 1, 10L * LIMIT, 99_999_999_999L})
    void the_content_length_alone_is_enough_for_a_413(long length) {
        try (RawHttp claims = RawHttp.connect()) {
            claims.send(RawHttp.head("POST", target, "Content-Length: " + length) + "\r\n4");

            boolean tooMuchForWildFly = FixtureServer.is("wildfly") && length > WILDFLY_LIMIT;
            assertThat(claims.read().status()).isEqualTo(tooMuchForWildFly ? 400 : 413);
        }
        http.post(target, "4still here");
        assertThat(http.get(target).text()).isEqualTo("4still here");
    }

    @Test
    void a_close_packet_ends_the_session_and_releases_the_poll() {
        http.sendGet(target);
        try (RawHttp posts = RawHttp.connect()) {
            posts.post(target, "4a");
            assertThat(http.read().text()).isEqualTo("4a");
            http.sendGet(target);
            posts.post(target, "4b\u001e1\u001e4c");
        }
        String answer = http.read().text();

        assertThat(answer).isIn("6", "4b", UNKNOWN); // the poll may have come too late
        assertGone();
    }

    @Test
    void a_server_that_closes_answers_the_polls_that_follow() {
        target = handshake("/socket.io/");
        http.post(target, "40");
        assertThat(http.get(target).text()).contains("42[\"auth\",{}]");

        http.post(target, "42[\"disconnect-me\",true]");

        assertThat(http.get(target).text()).isEqualTo("41");
        assertThat(http.get(target).text()).isIn("6\u001e1", "1"); // "1" if the poll came before the end
        assertGone();
    }

    @Test
    void a_server_that_closes_releases_the_waiting_poll() {
        target = handshake("/socket.io/");
        http.post(target, "40");
        assertThat(http.get(target).text()).contains("42[\"auth\",{}]");

        http.sendGet(target);
        RawHttp.submit(target, "42[\"disconnect-me\",true]");

        assertThat(http.read().text()).isEqualTo("41");
        assertThat(http.get(target).text()).isIn("6\u001e1", "1");
        assertGone();
    }

    @Test
    void a_session_that_broke_the_packet_format_is_told_so_by_its_waiting_poll() {
        target = handshake("/socket.io/");
        http.sendGet(target);
        RawHttp.submit(target, "4garbage");

        assertThat(http.read().text()).isIn("1", "6\u001e1");
        assertGone();
    }

    @Test
    void every_request_after_the_end_is_error_1() {
        http.post(target, "1");

        assertGone();
        assertThat(http.request("PUT", target, "Content-Length: 0").status()).isEqualTo(400);
    }

    @Test
    void a_thousand_packets_in_one_post_need_no_splitting() {
        http.post(target, numbers(0, 1000));

        assertThat(http.get(target).text()).isEqualTo(numbers(0, 1000));
    }

    @Test
    void sessions_do_not_hear_each_other() {
        try (EngineClient other = Via.POLLING.open("/engine.io/")) {
            http.post(target, "4mine");
            other.send("4yours");

            assertThat(other.text()).isEqualTo("4yours");
            assertThat(http.get(target).text()).isEqualTo("4mine");
        }
    }
}
