package io.portcullis.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawWebSocket;
import io.portcullis.socketio.testing.RawWebSocket.Closed;
import io.portcullis.socketio.testing.SocketClient;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** "The server pings, the client answers." The fixture's interval and timeout are one second each. */
class HeartbeatConformanceIT {

    private static final String WEBSOCKET = "/engine.io/?EIO=4&transport=websocket";
    private static final String POLLING = "/engine.io/?EIO=4&transport=polling";

    /** How early a timer may seem to be, seen from here, and how late on a busy machine. */
    private static final long EARLY = 150;

    private static final long LATE = 900;

    private RawWebSocket socket;
    private long since;

    @BeforeEach
    void opens_a_session() {
        socket = RawWebSocket.open(WEBSOCKET);
        socket.text();
        since = System.nanoTime();
    }

    @AfterEach
    void closes_the_connection() {
        socket.vanish();
    }

    private void assertPassed(long millis) {
        long passed = (System.nanoTime() - since) / 1_000_000;
        assertThat(passed).isBetween(millis - EARLY, millis + LATE);
        since = System.nanoTime();
    }

    private void awaitPassed(long millis) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .until(() -> System.nanoTime() - since > millis * 1_000_000);
    }

    @Test
    void a_ping_comes_an_interval_after_the_opening_and_after_each_pong() {
        for (int i = 0; i < 3; i++) {
            assertThat(socket.text()).isEqualTo("2");
            assertPassed(1000);
            socket.send("3");
        }
    }

    @Test
    void a_session_without_a_pong_ends_after_the_timeout_and_hears_no_second_ping() {
        assertThat(socket.text()).isEqualTo("2");
        assertPassed(1000);

        assertThat(socket.next()).isInstanceOf(Closed.class);
        assertPassed(1000);
    }

    @Test
    void an_unsolicited_pong_restarts_the_interval() {
        awaitPassed(600);
        socket.send("3");
        since = System.nanoTime();

        assertThat(socket.text()).isEqualTo("2");
        assertPassed(1000);
    }

    @Test
    void a_busy_client_without_pongs_gets_one_more_timeout_and_no_more() {
        assertThat(socket.text()).isEqualTo("2");
        assertPassed(1000);

        awaitPassed(500);
        socket.send("4a");
        assertThat(socket.text()).isEqualTo("4a");
        awaitPassed(1100);
        socket.send("4b");
        assertThat(socket.text()).isEqualTo("4b");

        assertThat(socket.next()).isInstanceOf(Closed.class);
        assertPassed(1500);
    }

    @Test
    void a_ping_of_the_client_ends_the_session_over_polling_too() {
        EngineClient client = Via.POLLING.open("/engine.io/");

        client.send("2");

        assertThat(RawHttp.fetch(POLLING + "&sid=" + client.sid()).text()).contains("\"code\":1,");
        client.vanish();
    }

    @Test
    void over_polling_the_ping_comes_with_a_poll_and_the_pong_by_post() {
        try (RawHttp http = RawHttp.connect()) {
            String target = POLLING + "&sid="
                    + EngineClient.json(http.get(POLLING).text().substring(1)).getString("sid");
            since = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                assertThat(http.get(target).text()).isEqualTo("2");
                assertPassed(1000);
                assertThat(http.post(target, "3").text()).isEqualTo("ok");
            }
        }
    }

    @Test
    void over_polling_a_session_without_a_pong_ends_and_its_poll_is_told() {
        try (RawHttp http = RawHttp.connect()) {
            String target = POLLING + "&sid="
                    + EngineClient.json(http.get(POLLING).text().substring(1)).getString("sid");
            since = System.nanoTime();

            assertThat(http.get(target).text()).isEqualTo("2");
            assertPassed(1000);
            assertThat(http.get(target).text()).isEqualTo("1");
            assertPassed(1000);
            assertThat(http.get(target).text()).contains("\"code\":1,");
        }
    }

    @Test
    void a_client_that_does_not_poll_at_all_is_found_out() {
        try (SocketClient watcher = SocketClient.joined();
                SocketClient client = SocketClient.open(Via.POLLING, "/socket.io/")) {
            since = System.nanoTime();
            String id = client.join("/");

            assertThat(watcher.reasonOf(id)).isEqualTo("ping timeout");
            assertPassed(2000);
        }
    }

    @Test
    void a_vanished_client_does_not_hold_its_session() {
        try (SocketClient watcher = SocketClient.joined()) {
            SocketClient client = SocketClient.open(Via.WEBSOCKET, "/socket.io/");
            String id = client.join("/");

            client.engine().vanish();

            assertThat(watcher.reasonOf(id)).isIn("transport close", "transport error");
        }
    }
}
