package io.portcullis.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.SocketClient;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "Connection state recovery": a client that was lost comes back as if it had never gone. */
class RecoveryConformanceIT {

    private static final String PATH = "/csr/";

    /** A connection, and what a client must remember to come back. */
    private record Connection(SocketClient client, JsonObject session, String offset) {

        static Connection open(Via via) {
            return open(via, "");
        }

        static Connection open(Via via, String auth) {
            SocketClient client = SocketClient.open(via, PATH);
            client.send("0" + auth);
            JsonObject session = EngineClient.json(client.text().substring(1));
            JsonArray greeting = event(client.text());
            assertThat(greeting.getString(0)).isEqualTo("auth");
            return new Connection(client, session, greeting.getString(2));
        }

        String sid() {
            return session.getString("sid");
        }

        String pid() {
            return session.getString("pid");
        }

        String auth() {
            return "{\"pid\":\"" + pid() + "\",\"offset\":\"" + offset + "\"}";
        }

        /** Is lost, and waits until the server has noticed. */
        void lose() {
            client.engine().vanish();
            awaitEnd();
        }

        /** Waits until the server knows that the socket has gone. */
        void awaitEnd() {
            try (SocketClient watcher = watcher()) {
                watcher.reasonOf(sid());
            }
        }
    }

    /** A client of the same endpoint; its first event has an offset too. */
    private static SocketClient watcher() {
        return Connection.open(Via.WEBSOCKET).client();
    }

    private static JsonArray event(String packet) {
        assertThat(packet).startsWith("2[");
        return SocketClient.array(packet.substring(1));
    }

    /** What a client that comes back hears up to and with the greeting: the answer to CONNECT is last or first. */
    private record Return(SocketClient client, JsonObject session, List<JsonArray> events) {

        static Return of(Via via, String auth) {
            SocketClient client = SocketClient.open(via, PATH);
            client.send("0" + auth);
            JsonObject session = null;
            List<JsonArray> events = new ArrayList<>();
            while (session == null || events.stream().noneMatch(event -> "auth".equals(event.getString(0)))) {
                String packet = client.text();
                if (packet.startsWith("0")) {
                    session = EngineClient.json(packet.substring(1));
                } else {
                    events.add(event(packet));
                }
            }
            return new Return(client, session, events);
        }

        /** Comes back until the server has noticed the loss: its socket's id tells of an earlier one. */
        static Return soon(String auth) {
            AtomicReference<Return> recovered = new AtomicReference<>();
            await().atMost(Duration.ofSeconds(6)).until(() -> {
                Return back = Return.of(Via.WEBSOCKET, auth);
                if (back.isRecovered()) {
                    recovered.set(back);
                    return true;
                }
                back.client().close();
                return false;
            });
            return recovered.get();
        }

        boolean isRecovered() {
            return client.ask("[\"recovered\"]").getBoolean(0);
        }
    }

    private static void assertFresh(Connection lost, String auth) {
        Return back = Return.of(Via.WEBSOCKET, auth);

        assertThat(back.isRecovered()).isFalse();
        assertThat(back.session().getString("sid")).isNotEqualTo(lost.sid());
        assertThat(back.session().getString("pid")).isNotEqualTo(lost.pid());
        assertThat(back.events()).hasSize(1);
        back.client().close();
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void the_answer_to_a_connect_has_a_private_id_besides(Via via) {
        Connection connection = Connection.open(via);

        assertThat(connection.session().keySet()).containsExactlyInAnyOrder("sid", "pid");
        assertThat(connection.pid()).matches("[A-Za-z0-9_-]{20,}").isNotEqualTo(connection.sid());
        assertThat(connection.client().engine().sid()).isNotIn(connection.pid(), connection.sid());
        connection.client().close();
    }

    @Test
    void events_have_an_offset_but_not_those_with_an_id_nor_volatile_ones_nor_answers() {
        SocketClient client = watcher();
        client.send("2[\"message\",1]");
        JsonArray plain = event(client.text());
        assertThat(plain.getString(0)).isEqualTo("message-back");
        assertThat(plain).hasSize(3);
        assertThat(plain.getString(2)).isNotEmpty();

        assertThat(client.ask("[\"message-with-ack\",1]")).hasSize(1);
        client.send("2[\"volatile-n\",\"v\",1]");
        assertThat(client.text()).isEqualTo("2[\"v\",0]");
        assertThat(event(client.text())).hasSize(3);
        client.send("27[\"server-ack\",1,2000]");
        assertThat(client.text()).matches("2\\d+\\[\"ask\",1]");
        client.close();
    }

    @Test
    void events_with_attachments_have_an_offset_too() {
        SocketClient client = watcher();
        client.send("51-[\"message\",{\"_placeholder\":true,\"num\":0}]");
        client.send(new byte[] {1});

        assertThat(client.text()).matches("51-\\[\"message-back\",\\{\"_placeholder\":true,\"num\":0},\"[^\"]+\"]");
        assertThat(client.binary()).containsExactly(1);
        client.close();
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_lost_client_comes_back_with_its_id_its_rooms_and_what_it_missed(Via via) {
        Connection lost = Connection.open(via);
        lost.client().ask("[\"join\",\"kept-" + via + "\"]");
        lost.lose();
        try (SocketClient sender = watcher()) {
            sender.send("2[\"broadcast\",\"kept-" + via + "\",\"missed\",1]");
            sender.send("2[\"broadcast\",\"other room\",\"not mine\"]");
            sender.send("2[\"broadcast\",\"" + lost.sid() + "\",\"missed\",2]");
            sender.send("2[\"broadcast\",\"kept-" + via + "\",\"done\"]");
            sender.ask("[\"rooms\"]");
        }
        Return back = Return.of(via, lost.auth());

        assertThat(back.session()).isEqualTo(lost.session());
        assertThat(back.isRecovered()).isTrue();
        assertThat(back.events().stream().map(event -> event.getString(0)))
                .containsExactly("missed", "missed", "done", "auth");
        assertThat(back.events()).allSatisfy(event -> assertThat(event.getString(event.size() - 1))
                .isNotEmpty());
        assertThat(back.client().ask("[\"rooms\"]").getJsonArray(0).toString()).contains("kept-" + via, lost.sid());
        back.client().close();
    }

    @Test
    void what_was_sent_to_all_but_the_client_is_not_sent_to_it() {
        Connection lost = Connection.open(Via.WEBSOCKET);
        lost.lose();
        try (SocketClient sender = watcher()) {
            sender.send("2[\"emit-all\",\"for all\"]");
            assertThat(event(sender.text()).getString(0)).isEqualTo("for all");
            sender.send("2[\"volatile-n\",\"v\",1]");
            sender.text();
            sender.text();
        }
        Return back = Return.of(Via.WEBSOCKET, lost.auth());

        assertThat(back.events().stream().map(event -> event.getString(0))).containsExactly("for all", "auth");
        back.client().close();
    }

    @Test
    void only_what_came_after_the_offset_is_sent_again() {
        Connection first = Connection.open(Via.WEBSOCKET);
        first.client().send("2[\"emit-n\",\"tick\",5]");
        String offset = "";
        for (int i = 0; i < 5; i++) {
            JsonArray tick = event(first.client().text());
            offset = i == 2 ? tick.getString(2) : offset;
        }
        first.lose();
        Return back =
                Return.of(Via.WEBSOCKET, "{\"pid\":\"" + first.pid() + "\",\"offset\":\"" + offset + "\",\"own\":1}");

        assertThat(back.events().stream().limit(2).map(event -> event.getInt(1)))
                .containsExactly(3, 4);
        assertThat(back.events()).hasSize(3);
        assertThat(back.events().get(2).getJsonObject(1).getInt("own")).isEqualTo(1);
        back.client().close();
    }

    @Test
    void a_session_is_recovered_once() {
        Connection lost = Connection.open(Via.WEBSOCKET);
        lost.lose();
        Return back = Return.of(Via.WEBSOCKET, lost.auth());
        assertThat(back.isRecovered()).isTrue();

        assertFresh(lost, lost.auth());
        back.client().close();
    }

    @Test
    void a_session_can_be_lost_and_recovered_again_and_again() {
        Connection lost = Connection.open(Via.WEBSOCKET);
        for (int i = 0; i < 3; i++) {
            lost.lose();
            Return back = Return.soon(lost.auth());
            JsonArray last = back.events().get(back.events().size() - 1);
            lost = new Connection(back.client(), back.session(), last.getString(last.size() - 1));
        }
        lost.client().close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pid\":\"unknown\",\"offset\":\"%2$s\"}",
                "{\"pid\":\"%1$s\",\"offset\":\"unknown\"}",
                "{\"pid\":\"%1$s\"}",
                "{\"offset\":\"%2$s\"}",
                "{\"pid\":1,\"offset\":2}",
                "{\"pid\":[\"%1$s\"],\"offset\":\"%2$s\"}",
                "{\"pid\":\"%1$s\",\"offset\":null}",
                "{\"pid\":\"__proto__\",\"offset\":\"\"}",
                "{}"
            })
    void anything_else_leads_to_a_fresh_session_without_an_error(String auth) {
        Connection lost = Connection.open(Via.WEBSOCKET);
        lost.lose();

        assertFresh(lost, auth.formatted(lost.pid(), lost.offset()));
    }

    @Test
    void a_client_that_says_goodbye_is_not_recovered() {
        assertNotRecovered(connection -> connection.client().send("1"));
    }

    @Test
    void a_client_that_the_server_disconnected_is_not_recovered() {
        assertNotRecovered(connection -> connection.client().send("2[\"disconnect-me\",true]"));
        assertNotRecovered(connection -> connection.client().send("2[\"disconnect-me\",false]"));
    }

    @Test
    void a_client_that_sent_an_invalid_engine_packet_is_not_recovered() {
        assertNotRecovered(connection -> connection.client().engine().send("abc"));
    }

    private static void assertNotRecovered(Consumer<Connection> deed) {
        Connection gone = Connection.open(Via.WEBSOCKET);
        deed.accept(gone);
        gone.awaitEnd();
        gone.client().engine().vanish();
        assertFresh(gone, gone.auth());
    }

    @Test
    void a_client_that_closed_its_transport_is_recovered() {
        Connection gone = Connection.open(Via.WEBSOCKET);
        gone.client().close();
        gone.lose();

        Return back = Return.of(Via.POLLING, gone.auth());
        assertThat(back.isRecovered()).isTrue();
        back.client().close();
    }

    @Test
    void a_session_that_was_lost_for_too_long_is_forgotten() {
        Connection lost = Connection.open(Via.WEBSOCKET);
        lost.lose();
        long start = System.nanoTime();
        await().atMost(Duration.ofSeconds(6))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> System.nanoTime() - start > 4_200_000_000L);

        assertFresh(lost, lost.auth());
    }

    @Test
    void a_session_of_one_namespace_is_unknown_to_another() {
        Connection lost = Connection.open(Via.WEBSOCKET);
        lost.lose();
        try (SocketClient client = SocketClient.open(Via.WEBSOCKET, PATH)) {
            client.send("0/custom," + lost.auth());

            assertThat(client.text()).doesNotContain(lost.sid(), lost.pid());
        }
    }

    @Test
    void without_recovery_there_is_no_private_id_and_no_offset() {
        try (SocketClient client = SocketClient.joined()) {
            client.send("2[\"message\",1]");
            assertThat(client.text()).isEqualTo("2[\"message-back\",1]");
            assertThat(client.ask("[\"recovered\"]").getBoolean(0)).isFalse();
        }
    }
}
