package io.portcullis.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.SocketClient;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** "Closing with packets still queued: they are sent first. A closing session accepts no new packets." */
class ClosingConformanceIT {

    private static final String PATH = "/socket.io/";

    @ParameterizedTest
    @EnumSource(Via.class)
    void what_is_queued_is_sent_before_the_end(Via via) {
        try (SocketClient client = SocketClient.joined(via)) {
            client.send("2[\"emit-n\",\"tick\",500]", "2[\"disconnect-me\",true]");

            IntStream.range(0, 500).forEach(n -> assertThat(client.text()).isEqualTo("2[\"tick\"," + n + "]"));
            assertThat(client.text()).isEqualTo("1");
            client.engine().awaitEnd();
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_large_message_is_sent_before_the_end(Via via) {
        String large = "x".repeat(500_000);
        try (SocketClient client = SocketClient.joined(via)) {
            client.send("2[\"message\",\"" + large + "\"]");
            client.send("2[\"disconnect-me\",true]");

            assertThat(client.text()).isEqualTo("2[\"message-back\",\"" + large + "\"]");
            assertThat(client.text()).isEqualTo("1");
            client.engine().awaitEnd();
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void every_namespace_is_told(Via via) {
        try (SocketClient client = SocketClient.joined(via)) {
            client.join("/custom");
            client.send("2[\"disconnect-me\",true]");

            assertThat(new String[] {client.text(), client.text()}).containsExactlyInAnyOrder("1", "1/custom,");
            client.engine().awaitEnd();
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void nothing_is_handled_after_the_close(Via via) {
        try (SocketClient watcher = SocketClient.joined();
                SocketClient client = SocketClient.joined(via)) {
            String id = client.ask("[\"rooms\"]").getJsonArray(0).getString(0);
            client.send("2[\"disconnect-me\",true]");
            assertThat(watcher.reasonOf(id)).isEqualTo("server namespace disconnect");

            sendLate(client);

            watcher.expectNothingMore();
        }
    }

    private static void sendLate(SocketClient client) {
        try {
            client.send("2[\"emit-all\",\"late\"]");
            client.send("0/custom,");
        } catch (RuntimeException e) {
            assertThat(e).as("the connection may be gone").hasMessageMatching("(?s).*(pipe|reset|closed|ended).*");
        }
    }

    @Test
    void the_session_id_stays_valid_until_the_close_packet_was_fetched() {
        try (SocketClient watcher = SocketClient.joined();
                SocketClient client = SocketClient.joined(Via.POLLING)) {
            String target =
                    PATH + "?EIO=4&transport=polling&sid=" + client.engine().sid();
            String id = client.ask("[\"rooms\"]").getJsonArray(0).getString(0);
            client.send("2[\"disconnect-me\",true]");
            assertThat(watcher.reasonOf(id)).isEqualTo("server namespace disconnect");

            assertThat(RawHttp.fetch(target).text()).isEqualTo("41");
            assertThat(RawHttp.fetch(target).text()).isEqualTo("6\u001e1");
            assertThat(RawHttp.fetch(target).text()).contains("\"code\":1,");
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_goodbye_ends_the_session_at_once(Via via) {
        try (SocketClient watcher = SocketClient.joined()) {
            SocketClient client = SocketClient.open(via, PATH);
            String id = client.join("/");

            client.close();

            assertThat(watcher.reasonOf(id)).isEqualTo("transport close");
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_session_ends_once(Via via) {
        try (SocketClient watcher = SocketClient.joined()) {
            SocketClient client = SocketClient.open(via, PATH);
            String id = client.join("/");
            client.send("1", "1", "garbage");

            assertThat(watcher.reasonOf(id)).isEqualTo("client namespace disconnect");
            client.engine().vanish();
            watcher.expectNothingMore();
            assertThat(watcher.reasonOf(id)).isEqualTo("client namespace disconnect");
        }
    }
}
