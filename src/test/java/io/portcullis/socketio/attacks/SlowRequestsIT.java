package io.portcullis.socketio.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.FixtureServer;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawHttp.Answer;
import io.portcullis.socketio.testing.SocketClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that come slowly, or never end, hold nothing and nobody. */
class SlowRequestsIT {

    /** More than any server here has threads for. */
    private static final int MANY = 250;

    private static final String POLLING = "?EIO=4&transport=polling";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @RegisterExtension
    final Bystander bystander = new Bystander();

    private static String open() {
        return "/secure/" + POLLING + "&sid="
                + EngineClient.json(RawHttp.fetch("/secure/" + POLLING).text().substring(1))
                        .getString("sid");
    }

    @Test
    void E23_bodies_that_do_not_come_take_no_thread_and_end() {
        List<RawHttp> slow = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            RawHttp http = RawHttp.connect();
            http.send(RawHttp.head("POST", open(), "Content-Type: text/plain", "Content-Length: 100") + "\r\n4");
            slow.add(http);
        }

        try (SocketClient client = SocketClient.open(EngineClient.Via.POLLING, "/secure/")) {
            client.enter("/public");
            assertThat(client.ask("/public", "[\"echo\",\"meanwhile\"]").getString(0))
                    .isEqualTo("meanwhile");
        }
        for (RawHttp http : slow) {
            Answer answer = http.read(PATIENCE, false);
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.header("connection")).isEqualTo("close");
        }
        slow.forEach(RawHttp::close);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /secure/?EIO=4&transport=polling&sid=unknown, X-Nothing: 1, 400",
        "POST, /secure/?EIO=4&transport=polling, Origin: http://evil.example, 403",
        "GET, /secure/?EIO=4&transport=polling, X-Nothing: 1, 400",
        "OPTIONS, /secure/?EIO=4&transport=polling, X-Nothing: 1, 400",
    })
    void E23_neither_do_those_of_requests_that_are_refused(String method, String target, String header, int status) {
        List<RawHttp> slow = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            RawHttp http = RawHttp.connect();
            http.send(
                    RawHttp.head(method, target, header, "Content-Type: text/plain", "Content-Length: 100") + "\r\n4");
            slow.add(http);
        }

        for (RawHttp http : slow) {
            assertThat(http.read(PATIENCE, false).status()).isEqualTo(status);
        }
        try (SocketClient client = SocketClient.open(EngineClient.Via.POLLING, "/secure/")) {
            client.enter("/public");
            assertThat(client.ask("/public", "[\"echo\",\"meanwhile\"]").getString(0))
                    .isEqualTo("meanwhile");
        }
        slow.forEach(RawHttp::close);
    }

    @ParameterizedTest
    @CsvSource({
        "false, Content-Length: 9000000, 400, 5",
        "false, Transfer-Encoding: chunked, 400, 5",
        "true, Content-Length: 9000000, 413, 5",
        "true, Transfer-Encoding: chunked, 408, 15",
    })
    void E23_bodies_that_drip_are_answered_and_take_no_thread(boolean own, String length, int status, int seconds) {
        List<RawHttp> dripping = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            RawHttp http = RawHttp.connect();
            String target = own ? open() : "/secure/" + POLLING + "&sid=unknown";
            http.send(RawHttp.head("POST", target, "Content-Type: text/plain", length) + "\r\n");
            http.send(length.endsWith("chunked") ? "f4240\r\n4" : "4");
            dripping.add(http);
        }

        try (Drips ignored = new Drips(dripping)) {
            for (RawHttp http : dripping) {
                assertThat(http.read(Duration.ofSeconds(seconds), false).status())
                        .isEqualTo(status);
            }
            try (SocketClient client = SocketClient.open(EngineClient.Via.POLLING, "/secure/")) {
                client.enter("/public");
                assertThat(client.ask("/public", "[\"echo\",\"meanwhile\"]").getString(0))
                        .isEqualTo("meanwhile");
            }
        }
    }

    /** Thread-safe. Sends a byte of each body from time to time until the server will have no more of it. */
    private static final class Drips implements AutoCloseable {

        private static final Duration PAUSE = Duration.ofMillis(200);

        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        private final Set<RawHttp> going = ConcurrentHashMap.newKeySet();
        private final List<RawHttp> all;

        Drips(List<RawHttp> bodies) {
            all = bodies;
            going.addAll(bodies);
            timer.scheduleWithFixedDelay(this::drip, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void drip() {
            going.removeIf(http -> !http.goOn("x"));
        }

        @Override
        public void close() {
            timer.shutdownNow();
            all.forEach(RawHttp::close);
        }
    }

    @Test
    void half_sent_handshakes_take_no_thread() {
        List<RawHttp> slow = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            RawHttp http = RawHttp.connect();
            http.send("GET /secure/" + POLLING + " HTTP/1.1\r\nHost: example\r\nX-Half: ");
            slow.add(http);
        }

        try (SocketClient client = SocketClient.open(EngineClient.Via.POLLING, "/secure/")) {
            client.enter("/public");
            assertThat(client.ask("/public", "[\"echo\",\"meanwhile\"]").getString(0))
                    .isEqualTo("meanwhile");
        }
        slow.forEach(RawHttp::close);
    }

    @Test
    void half_sent_handshakes_that_drip_end_where_the_server_can_be_told() {
        assumeTrue(FixtureServer.is("wildfly"), "The other servers have no such setting.");
        try (RawHttp http = RawHttp.connect()) {
            http.send("GET /secure/" + POLLING + " HTTP/1.1\r\nHost: example\r\nX-Half: ");

            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> !http.goOn("x"));
        }
    }

    @Test
    void a_body_in_pieces_is_put_together() {
        String target = open();
        try (RawHttp http = RawHttp.connect()) {
            String body = "40/public,{\"piece\":\"by piece\"}";
            http.send(RawHttp.head("POST", target, "Content-Type: text/plain", "Content-Length: " + body.length())
                    + "\r\n");
            for (char c : body.toCharArray()) {
                http.send(String.valueOf(c));
            }
            assertThat(http.read().text()).isEqualTo("ok");
            assertThat(http.get(target).text()).contains("40/public,{\"sid\":");
            http.post(target, "1");
        }
    }

    @Test
    void a_chunked_body_is_put_together() {
        String target = open();
        try (RawHttp http = RawHttp.connect()) {
            http.send(RawHttp.head("POST", target, "Content-Type: text/plain", "Transfer-Encoding: chunked")
                    + "\r\n4\r\n40/p\r\n");
            http.send("6\r\nublic,\r\n0\r\n\r\n");
            assertThat(http.read().text()).isEqualTo("ok");
            assertThat(http.get(target).text()).startsWith("40/public,{\"sid\":");
            http.post(target, "1");
        }
    }

    @Test
    void E11_an_endless_body_is_cut_off_at_the_limit() {
        String target = open();
        try (RawHttp http = RawHttp.connect()) {
            http.send(RawHttp.head("POST", target, "Content-Type: text/plain", "Transfer-Encoding: chunked") + "\r\n");
            String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
            Answer answer = null;
            try {
                for (int i = 0; i < 20; i++) {
                    http.send(chunk);
                }
                answer = http.read();
            } catch (java.io.UncheckedIOException e) { // cut off before the answer could be read
                assertThat(http.endsWithin(PATIENCE)).isTrue();
            }
            assertThat(answer == null ? 413 : answer.status()).isEqualTo(413);
        }
        try (RawHttp http = RawHttp.connect()) { // the session goes on, unless its client was cut off
            http.post(target, "1");
        }
    }

    @Test
    void E25_too_many_headers_are_refused() {
        String[] headers = new String[2_000];
        for (int i = 0; i < headers.length; i++) {
            headers[i] = "X-Header-" + i + ": " + i;
        }
        Answer answer;
        try (RawHttp http = RawHttp.connect()) {
            answer = http.get("/secure/" + POLLING, headers);
        }

        assertThat(answer.status()).isBetween(400, 499);
    }
}
