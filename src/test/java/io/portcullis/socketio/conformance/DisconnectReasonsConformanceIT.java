package io.portcullis.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawWebSocket;
import io.portcullis.socketio.testing.SocketClient;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "Disconnect reasons seen by the application": every row of the table. */
class DisconnectReasonsConformanceIT {

    private static final String PATH = "/socket.io/";

    private SocketClient watcher;

    @BeforeEach
    void somebody_watches() {
        watcher = SocketClient.joined();
    }

    @AfterEach
    void the_watcher_goes() {
        watcher.close();
    }

    /** The reason that the application hears when a client does something. */
    private String reason(Via via, Consumer<SocketClient> deed) {
        SocketClient client = SocketClient.open(via, PATH);
        String id = client.join("/");
        deed.accept(client);
        String reason = watcher.reasonOf(id);
        client.engine().vanish();
        return reason;
    }

    private static String target(SocketClient client) {
        return PATH + "?EIO=4&transport=polling&sid=" + client.engine().sid();
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_ping_of_the_client_is_a_transport_error(Via via) {
        assertThat(reason(via, client -> client.engine().send("2"))).isEqualTo("transport error");
    }

    @Test
    void overlapping_polls_are_a_transport_error() {
        assertThat(reason(Via.POLLING, client -> {
                    try (RawHttp waiting = RawHttp.connect()) {
                        waiting.sendGet(target(client));
                        await().pollInterval(Duration.ofMillis(10))
                                .until(() -> RawHttp.fetch(target(client)).status() == 400);
                    }
                }))
                .isEqualTo("transport error");
    }

    @Test
    void a_binary_post_is_a_transport_error() {
        assertThat(reason(Via.POLLING, client -> {
                    try (RawHttp http = RawHttp.connect()) {
                        http.post(target(client), new byte[] {4}, "Content-Type: application/octet-stream");
                    }
                }))
                .isEqualTo("transport error");
    }

    @Test
    void an_aborted_post_is_a_transport_error() {
        assertThat(reason(Via.POLLING, client -> {
                    try (RawHttp http = RawHttp.connect()) {
                        http.send(RawHttp.head("POST", target(client), "Content-Length: 10") + "\r\n42");
                        http.vanish();
                    }
                }))
                .isEqualTo("transport error");
    }

    @Test
    void a_message_that_is_too_big_is_a_transport_error() {
        try (RawWebSocket socket = RawWebSocket.open(PATH + "?EIO=4&transport=websocket")) {
            String id = join(socket);
            socket.raw(RawWebSocket.masked(0x81, "4".repeat(1_000_001).getBytes(StandardCharsets.US_ASCII)));

            assertThat(watcher.reasonOf(id)).isEqualTo("transport error");
        }
    }

    @Test
    void a_broken_frame_is_a_transport_error() {
        try (RawWebSocket socket = RawWebSocket.open(PATH + "?EIO=4&transport=websocket")) {
            String id = join(socket);
            socket.raw(RawWebSocket.masked(0xf1, new byte[] {'4'}));

            assertThat(watcher.reasonOf(id)).isEqualTo("transport error");
        }
    }

    private static String join(RawWebSocket socket) {
        socket.text();
        socket.send("40");
        return EngineClient.json(socket.text().substring(2)).getString("sid");
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_goodbye_is_a_transport_close(Via via) {
        assertThat(reason(via, client -> client.engine().close())).isEqualTo("transport close");
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_close_packet_is_a_transport_close(Via via) {
        assertThat(reason(via, client -> client.engine().send("1"))).isEqualTo("transport close");
    }

    @Test
    void a_websocket_that_vanishes_is_a_transport_close() {
        assertThat(reason(Via.WEBSOCKET, client -> client.engine().vanish()))
                .isIn("transport close", "transport error");
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_missing_pong_is_a_ping_timeout(Via via) {
        assertThat(reason(via, client -> {})).isEqualTo("ping timeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "abc", "b!"})
    void an_invalid_engine_packet_is_a_parse_error(String packet) {
        for (Via via : Via.values()) {
            assertThat(reason(via, client -> client.engine().send(packet))).isEqualTo("parse error");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "2[]", "2[\"disconnect\"]", "50-[\"a\"]"})
    void an_invalid_socket_packet_is_a_forced_close(String packet) {
        for (Via via : Via.values()) {
            assertThat(reason(via, client -> client.send(packet))).isEqualTo("forced close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2/custom,[\"message\"]", "3/custom,1[]"})
    void an_invalid_state_is_a_forced_close_by_the_server(String packet) {
        assertThat(reason(Via.POLLING, client -> client.send(packet))).isEqualTo("forced server close");
        assertThat(reason(Via.WEBSOCKET, client -> client.send(packet))).isEqualTo("forced close");
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_disconnect_packet_is_a_client_namespace_disconnect(Via via) {
        assertThat(reason(via, client -> client.send("1"))).isEqualTo("client namespace disconnect");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_disconnect_of_the_server_is_a_server_namespace_disconnect(boolean close) {
        for (Via via : Via.values()) {
            assertThat(reason(via, client -> client.send("2[\"disconnect-me\"," + close + "]")))
                    .isEqualTo("server namespace disconnect");
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void every_namespace_of_the_connection_hears_the_reason(Via via) {
        SocketClient client = SocketClient.open(via, PATH);
        List<String> ids = List.of(client.join("/"), client.join("/custom"), client.join("/dynamic-91"));
        client.engine().send("1");

        assertThat(ids).allSatisfy(id -> assertThat(watcher.reasonOf(id)).isEqualTo("transport close"));
        client.engine().vanish();
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_socket_still_is_in_its_rooms_when_it_is_disconnecting(Via via) {
        SocketClient client = SocketClient.open(via, PATH);
        String id = client.join("/");
        client.ask("[\"join\",\"last-room\"]");
        client.close();
        JsonObject farewell = watcher.farewell(id);

        assertThat(farewell.getJsonArray("rooms").toString())
                .isIn("[\"" + id + "\",\"last-room\"]", "[\"last-room\",\"" + id + "\"]");
        watcher.send("27[\"broadcast-ack\",\"last-room\",\"ask\",1,5000]");
        assertThat(watcher.text()).as("the room is empty").contains("\"responses\":[]");
    }
}
