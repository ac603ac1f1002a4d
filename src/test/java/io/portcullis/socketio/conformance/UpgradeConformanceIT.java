package io.portcullis.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawWebSocket;
import io.portcullis.socketio.testing.RawWebSocket.Closed;
import io.portcullis.socketio.testing.SocketClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "Upgrade from polling to WebSocket": its ten rules. */
class UpgradeConformanceIT {

    private static final String MISFIT = "{\"code\":3,\"message\":\"Bad request\"}";
    private static final int MESSAGES = 10_000;
    private static final int BATCH = 50;

    private RawHttp polls;
    private RawHttp posts;
    private String polling;
    private String webSocket;

    @BeforeEach
    void opens_a_session() {
        polls = RawHttp.connect();
        posts = RawHttp.connect();
        handshake("/engine.io/");
    }

    private void handshake(String path) {
        String answer = polls.get(path + "?EIO=4&transport=polling").text();
        String sid = EngineClient.json(answer.substring(1)).getString("sid");
        polling = path + "?EIO=4&transport=polling&sid=" + sid;
        webSocket = path + "?EIO=4&transport=websocket&sid=" + sid;
    }

    @AfterEach
    void closes_the_connections() {
        polls.close();
        posts.close();
    }

    private RawWebSocket probe() {
        RawWebSocket socket = RawWebSocket.open(webSocket);
        socket.send("2probe");
        assertThat(socket.text()).isEqualTo("3probe");
        return socket;
    }

    private void assertEchoes(RawWebSocket socket) {
        socket.send("4over websocket");
        assertThat(socket.text()).isEqualTo("4over websocket");
    }

    private void assertPollingGoesOn() {
        assertThat(posts.post(polling, "4still polling").text()).isEqualTo("ok");
        assertThat(nextPolled()).isEqualTo("4still polling");
    }

    /** The next packet of the polls that is neither noop nor ping. */
    private String nextPolled() {
        String polled = polls.get(polling).text();
        while (polled.equals("6") || polled.equals("2")) {
            polled = polls.get(polling).text();
        }
        return polled;
    }

    @Test
    void an_upgraded_session_lives_on_the_websocket() {
        try (RawWebSocket socket = probe()) {
            socket.send("5");

            assertEchoes(socket);
            assertThat(polls.get(polling).text()).isEqualTo(MISFIT);
            assertThat(posts.post(polling, "4late").text()).isEqualTo(MISFIT);
            assertEchoes(socket);
        }
    }

    @Test
    void up_to_the_upgrade_packet_the_session_lives_on_polling() {
        try (RawWebSocket socket = probe()) {
            assertPollingGoesOn();

            posts.post(polling, "4waiting");
            socket.send("5");

            assertThat(socket.text()).isEqualTo("4waiting");
        }
    }

    @Test
    void a_waiting_poll_and_those_that_follow_are_released_after_the_probe() {
        polls.sendGet(polling);
        try (RawWebSocket socket = probe()) {
            assertThat(polls.read(Duration.ofMillis(700), false).text()).isEqualTo("6");
            for (int i = 0; i < 4; i++) {
                polls.sendGet(polling);
                assertThat(polls.read(Duration.ofMillis(700), false).text()).isIn("6", "2");
            }
            socket.send("5");
            assertEchoes(socket);
        }
    }

    @Test
    void a_poll_that_waits_at_the_switch_is_told_and_disturbs_nothing() {
        try (RawWebSocket socket = probe()) {
            polls.sendGet(polling);
            socket.send("5");

            assertThat(polls.read().text()).isIn("1", "6", MISFIT);
            assertEchoes(socket);
        }
    }

    @Test
    void a_post_that_is_being_read_at_the_switch_disturbs_nothing() {
        try (RawWebSocket socket = probe()) {
            posts.send(RawHttp.head("POST", polling, "Content-Length: 6") + "\r\n4h");
            socket.send("5");
            assertEchoes(socket);
            posts.send("ello");

            assertThat(posts.read().status()).isIn(200, 400);
            assertEchoes(socket);
        }
    }

    @Test
    void what_was_queued_comes_over_the_websocket_in_order() {
        posts.post(polling, numbers(0, 300));
        try (RawWebSocket socket = RawWebSocket.open(webSocket)) {
            socket.send("5");
            for (int i = 0; i < 300; i++) {
                assertThat(socket.text()).isEqualTo("4" + i);
            }
            assertEchoes(socket);
        }
    }

    private static String numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(n -> "4" + n).collect(Collectors.joining("\u001e"));
    }

    @Test
    void binary_that_was_queued_comes_as_binary() {
        posts.post(polling, "bAQID\u001e4text");
        try (RawWebSocket socket = probe()) {
            socket.send("5");

            assertThat(socket.binary()).containsExactly(1, 2, 3);
            assertThat(socket.text()).isEqualTo("4text");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "2prob", "2probes", "3", "3probe", "1", "4hello", "40", "6", "0", "abc", "7", ""})
    void anything_else_before_the_switch_closes_the_websocket_only(String packet) {
        try (RawWebSocket socket = RawWebSocket.open(webSocket)) {
            socket.send(packet);

            assertThat(socket.next()).isInstanceOf(Closed.class);
            assertPollingGoesOn();
        }
    }

    @Test
    void anything_else_after_the_probe_closes_the_websocket_only() {
        try (RawWebSocket text = probe()) {
            text.send("4hello");
            assertThat(text.next()).isInstanceOf(Closed.class);
            assertPollingGoesOn();
        }
        try (RawWebSocket binary = probe()) {
            binary.send(new byte[] {1});
            assertThat(binary.next()).isInstanceOf(Closed.class);
            assertPollingGoesOn();
        }
    }

    @Test
    void an_attempt_that_takes_too_long_is_given_up_and_may_be_repeated() {
        long start = System.nanoTime();
        try (RawWebSocket socket = probe()) {
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(socket::closeCode);
            while (!code.isDone()) {
                keepAlive();
            }
            long passed = (System.nanoTime() - start) / 1_000_000;
            assertThat(passed).isBetween(1350L, 9_000L); // how long the container takes to close is its own affair
        }
        assertPollingGoesOn();
        try (RawWebSocket again = probe()) {
            again.send("5");
            assertEchoes(again);
        }
    }

    private void keepAlive() {
        if (polls.get(polling).text().contains("2")) {
            posts.post(polling, "3");
        }
    }

    @Test
    void a_websocket_that_never_probes_is_given_up_as_well() {
        try (RawWebSocket socket = RawWebSocket.open(webSocket)) {
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(socket::closeCode);
            while (!code.isDone()) {
                keepAlive();
                posts.post(polling, "4tick");
            }
        }
        assertThat(nextPolled()).contains("4tick");
    }

    @Test
    void a_websocket_that_is_lost_before_the_switch_changes_nothing() {
        posts.post(polling, "4kept");
        probe().vanish();

        assertThat(nextPolled()).isEqualTo("4kept");
        await().pollInterval(Duration.ofMillis(20)).until(this::mayUpgradeAgain);
    }

    private boolean mayUpgradeAgain() {
        if (RawWebSocket.refused(webSocket).status() != 101) {
            return false;
        }
        assertPollingGoesOn();
        return true;
    }

    @Test
    void a_session_that_ends_during_the_attempt_closes_both_transports() {
        polls.sendGet(polling);
        try (RawWebSocket socket = probe()) {
            assertThat(polls.read().text()).isEqualTo("6");
            posts.post(polling, "1");

            assertThat(socket.next()).isInstanceOf(Closed.class);
            assertThat(polls.get(polling).text()).contains("\"code\":1,");
        }
    }

    @Test
    void there_is_one_attempt_at_a_time() {
        try (RawWebSocket socket = probe()) {
            assertThat(RawWebSocket.refused(webSocket).status()).isEqualTo(400);

            socket.send("5");
            assertEchoes(socket);
        }
    }

    @Test
    void an_upgraded_session_cannot_be_upgraded_again() {
        try (RawWebSocket socket = probe()) {
            socket.send("5");
            assertEchoes(socket);

            assertThat(RawWebSocket.refused(webSocket).status()).isEqualTo(400);
            assertEchoes(socket);
        }
    }

    @Test
    void the_heartbeat_goes_on_and_an_owed_pong_is_forgiven() {
        assertThat(polls.get(polling).text()).isEqualTo("2");
        try (RawWebSocket socket = probe()) {
            socket.send("5");
            long start = System.nanoTime();

            assertThat(socket.text()).isEqualTo("2");
            assertThat((System.nanoTime() - start) / 1_000_000).isBetween(800L, 1900L);
            socket.send("3");
            assertThat(socket.text()).isEqualTo("2");
        }
    }

    @Test
    void the_application_sees_the_new_transport() {
        handshake("/socket.io/");
        posts.post(polling, "40");
        polls.get(polling);
        posts.post(polling, "421[\"transport\"]");
        assertThat(nextPolled()).endsWith("431[\"polling\"]");
        try (RawWebSocket socket = probe()) {
            socket.send("5");
            socket.send("422[\"transport\"]");
            assertThat(socket.text()).isEqualTo("432[\"websocket\"]");
        }
    }

    /** Half the messages go by post, half over the WebSocket, while the answers are polled for up to the switch. */
    @RepeatedTest(3)
    void ten_thousand_messages_cross_an_upgrade_in_both_directions_in_order() {
        CompletableFuture<Void> posting = CompletableFuture.runAsync(this::postHalf);
        List<String> received = new ArrayList<>();
        poll(received);
        try (RawWebSocket socket = RawWebSocket.open(webSocket)) {
            socket.send("2probe");
            CompletableFuture<String> probed = CompletableFuture.supplyAsync(socket::text);
            while (!probed.isDone() || !posting.isDone()) {
                poll(received);
            }
            posting.join();
            socket.send("5");
            for (int i = MESSAGES / 2; i < MESSAGES; i++) {
                socket.send("4" + i);
            }
            while (received.size() < MESSAGES) {
                add(received, socket.text());
            }
            assertEchoes(socket);
        }
        assertThat(String.join("\u001e", received)).isEqualTo(numbers(0, MESSAGES));
    }

    private void postHalf() {
        for (int i = 0; i < MESSAGES / 2; i += BATCH) {
            assertThat(posts.post(polling, numbers(i, i + BATCH)).text()).isEqualTo("ok");
        }
    }

    private void poll(List<String> received) {
        for (String packet : polls.get(polling).text().split("\u001e")) {
            add(received, packet);
        }
    }

    private static void add(List<String> received, String packet) {
        if (packet.startsWith("4")) {
            received.add(packet);
        }
    }

    /** The server emits without a pause while the client changes over at once, with a poll that still waits. */
    @RepeatedTest(20)
    void what_the_server_emits_during_the_switch_arrives_once_and_in_order() {
        handshake("/socket.io/");
        posts.post(polling, "40");
        assertThat(polls.get(polling).text()).contains("42[\"auth\",{}]");
        List<String> received = new ArrayList<>();
        try (RawWebSocket socket = probe()) {
            posts.post(polling, "42[\"emit-n\",\"tick\",2000]");
            polls.sendGet(polling);
            socket.send("5");
            List.of(polls.read().text().split("\u001e")).forEach(packet -> add(received, packet));
            while (received.size() < 2000) {
                add(received, socket.text());
            }
        }
        assertThat(received)
                .isEqualTo(IntStream.range(0, 2000)
                        .mapToObj(n -> "42[\"tick\"," + n + "]")
                        .toList());
    }

    @Test
    void attachments_stay_with_their_packet_across_the_switch() {
        handshake("/socket.io/");
        posts.post(polling, "40");
        assertThat(polls.get(polling).text()).contains("42[\"auth\",{}]");
        posts.post(polling, "451-[\"message\",{\"_placeholder\":true,\"num\":0}]\u001ebAQID");
        try (RawWebSocket socket = probe()) {
            socket.send("5");
            assertThat(socket.text()).isEqualTo("451-[\"message-back\",{\"_placeholder\":true,\"num\":0}]");
            assertThat(socket.binary()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void a_refused_upgrade_with_bytes_behind_it_harms_nobody() {
        try (SocketClient other = SocketClient.joined();
                RawHttp http = RawHttp.connect()) {
            http.send(RawHttp.head("GET", webSocket + "x", RawWebSocket.upgrade()) + "\r\n");
            http.send(RawWebSocket.masked(0x81, "2probe".getBytes(StandardCharsets.UTF_8)));

            assertThat(http.read().status()).isEqualTo(400);
            other.expectNothingMore();
            assertPollingGoesOn();
        }
    }
}
