package io.portcullis.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.SocketClient;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "The client MUST send CONNECT for every namespace, / included, after the open packet." */
class NamespacesConformanceIT {

    private static final String PATH = "/socket.io/";

    private static SocketClient open(Via via) {
        return SocketClient.open(via, PATH);
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void the_answer_has_the_new_id_and_comes_before_any_event(Via via) {
        try (SocketClient client = open(via)) {
            client.send("0");

            assertThat(client.text()).matches("0\\{\"sid\":\"[A-Za-z0-9_-]{20,}\"}");
            assertThat(client.text()).isEqualTo("2[\"auth\",{}]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/custom", "/dynamic-1", "/dynamic-000123", "/guarded", "/slow"})
    void every_namespace_answers_with_its_own_name(String namespace) {
        for (Via via : Via.values()) {
            try (SocketClient client = open(via)) {
                client.send("0" + namespace + ",{\"token\":\"secret\"}");

                assertThat(client.text()).matches("0" + namespace + ",\\{\"sid\":\"[A-Za-z0-9_-]{20,}\"}");
                assertThat(client.text()).isEqualTo("2" + namespace + ",[\"auth\",{\"token\":\"secret\"}]");
                client.send("2" + namespace + ",3[\"message-with-ack\",1]");
                assertThat(client.text()).isEqualTo("3" + namespace + ",3[1]");
            }
        }
    }

    @Test
    void every_namespace_gives_an_id_of_its_own() {
        try (SocketClient client = SocketClient.joined()) {
            String custom = client.join("/custom");
            String own = client.ask("[\"rooms\"]").getJsonArray(0).getString(0);

            assertThat(custom).isNotEqualTo(own).isNotEqualTo(client.engine().sid());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/unknown",
                "/custom?x=1",
                "/custom/",
                "/CUSTOM",
                "/dynamic-",
                "/dynamic-1x",
                "/dynamic-x1",
                "//",
                "/ ",
                "/..",
                "/custom%20",
                "/__proto__",
                "/\u00e9"
            })
    void an_unknown_namespace_is_refused_and_the_connection_stays(String namespace) {
        for (Via via : Via.values()) {
            try (SocketClient client = open(via)) {
                client.send("0" + namespace + ",");

                assertThat(client.text()).isEqualTo("4" + namespace + ",{\"message\":\"Invalid namespace\"}");
                client.join("/");
                client.expectNothingMore();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_refused_client_is_told_why_and_may_try_again(Via via) {
        try (SocketClient client = open(via)) {
            client.send("0/guarded,{\"token\":\"wrong\"}");
            assertThat(client.text())
                    .isEqualTo(
                            "4/guarded,{\"message\":\"not authorized\",\"data\":{\"code\":\"E_AUTH\",\"retry\":false}}");
            client.send("0/guarded,{\"token\":\"plain\"}");
            assertThat(client.text()).isEqualTo("4/guarded,{\"message\":\"plain refusal\"}");
            client.send("0/guarded");
            assertThat(client.text()).startsWith("4/guarded,{\"message\":\"not authorized\"");

            client.join("/guarded", "{\"token\":\"secret\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "17", "null", "{\"a\":\"secret\"}"})
    void a_strange_credential_is_refused_like_any_other(String token) {
        try (SocketClient client = open(Via.WEBSOCKET)) {
            client.send("0/guarded,{\"token\":" + token + "}");

            assertThat(client.text()).startsWith("4/guarded,{\"message\":\"not authorized\"");
        }
    }

    @Test
    void the_auth_payload_is_the_applications() {
        try (SocketClient client = open(Via.WEBSOCKET)) {
            client.join("/", "{\"a\":[1,{\"b\":null}],\"pid\":\"x\",\"offset\":\"y\",\"\u00e9\":\"\u20ac\"}");

            assertThat(client.ask("[\"recovered\"]").getBoolean(0)).isFalse();
            assertThat(client.ask("[\"handshake\"]").getJsonObject(0).getJsonObject("auth"))
                    .hasSize(4);
        }
    }

    @Test
    void the_handshake_is_that_of_the_first_request() {
        long before = System.currentTimeMillis();
        EngineClient engine = Via.WEBSOCKET.open(PATH, "Origin: http://page.example", "X-Custom: A, B");
        engine.send("40");
        engine.text();
        engine.text();
        engine.send("421[\"handshake\"]");
        JsonObject handshake = SocketClient.array(engine.text().substring(3)).getJsonObject(0);

        assertThat(handshake.getJsonObject("query").getString("EIO")).isEqualTo("4");
        assertThat(handshake.getJsonObject("query").getString("transport")).isEqualTo("websocket");
        assertThat(handshake.getString("url")).isEqualTo("/socket.io/?EIO=4&transport=websocket");
        assertThat(handshake.getBoolean("secure")).isFalse();
        assertThat(handshake.getBoolean("xdomain")).isTrue();
        assertThat(handshake.getString("address")).isEqualTo("127.0.0.1");
        assertThat(handshake.getJsonNumber("issued").longValue()).isBetween(before, System.currentTimeMillis());
        assertThat(Instant.parse(handshake.getString("time"))).isNotNull();
        assertThat(handshake.getJsonObject("headers").getString("x-custom")).isEqualTo("A, B");
        engine.close();
    }

    @Test
    void the_query_is_decoded() {
        RawHttp http = RawHttp.connect();
        String query = PATH + "?EIO=4&transport=polling&a=%C3%A9+%26&b";
        String target = PATH + "?EIO=4&transport=polling&sid="
                + EngineClient.json(http.get(query).text().substring(1)).getString("sid");
        http.post(target, "40");
        http.get(target);
        http.post(target, "421[\"handshake\"]");
        JsonObject handshake =
                SocketClient.array(http.get(target).text().substring(3)).getJsonObject(0);

        assertThat(handshake.getJsonObject("query").getString("a")).isEqualTo("\u00e9 &");
        assertThat(handshake.getJsonObject("query").getString("b")).isEmpty();
        assertThat(handshake.getString("url")).isEqualTo(query);
        assertThat(handshake.getBoolean("xdomain")).isFalse();
        http.post(target, "1");
        http.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2[\"message\"]",
                "21[\"message\"]",
                "31[]",
                "1",
                "2/custom,[\"message\"]",
                "2/unknown,[\"message\"]",
                "4{\"message\":\"x\"}"
            })
    void a_packet_before_any_connect_closes_the_connection(String packet) {
        for (Via via : Via.values()) {
            try (SocketClient client = open(via)) {
                client.send(packet);

                client.engine().awaitEnd();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0{\"again\":true}",
                "2/custom,[\"message\"]",
                "2/unknown,[\"message\"]",
                "1/custom,",
                "3/custom,1[]",
                "4{\"message\":\"x\"}",
                "4\"x\""
            })
    void a_packet_that_the_state_does_not_allow_closes_the_connection(String packet) {
        for (Via via : Via.values()) {
            try (SocketClient client = SocketClient.joined(via)) {
                client.send(packet);

                client.engine().awaitEnd();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2/slow,[\"message\"]", "3/slow,1[]", "1/slow,"})
    void a_packet_while_the_guards_still_run_closes_the_connection(String packet) {
        for (Via via : Via.values()) {
            try (SocketClient client = open(via)) {
                client.send("0/slow,", packet);

                client.engine().awaitEnd();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void nothing_happens_when_the_connection_ends_while_the_guards_run(Via via) {
        try (SocketClient watcher = open(Via.WEBSOCKET)) {
            watcher.join("/slow");
            SocketClient client = open(via);
            client.send("0/slow,");
            client.close();
            try (SocketClient after = open(Via.WEBSOCKET)) {
                after.join("/slow"); // 400 ms later: the first one's guards have ended as well
                after.send("2/slow,[\"emit-all\",\"now\"]");
                assertThat(after.text()).isEqualTo("2/slow,[\"now\"]");
            }
            assertThat(watcher.text()).isEqualTo("2/slow,[\"now\"]");
        }
    }

    @Test
    void guards_of_one_namespace_do_not_delay_another() {
        try (SocketClient client = open(Via.WEBSOCKET)) {
            client.send("0/slow,", "0");

            assertThat(client.text()).startsWith("0{\"sid\"");
            assertThat(client.text()).isEqualTo("2[\"auth\",{}]");
            assertThat(client.text()).startsWith("0/slow,{\"sid\"");
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_client_that_leaves_gets_no_answer_and_may_come_back(Via via) {
        try (SocketClient client = SocketClient.joined(via)) {
            String first = client.join("/custom");
            client.send("1/custom,");
            client.expectNothingMore();

            assertThat(client.join("/custom")).isNotEqualTo(first);
            client.send("1/custom");
            client.expectNothingMore();
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_client_that_the_server_disconnects_may_come_back(Via via) {
        try (SocketClient client = SocketClient.joined(via)) {
            String first = client.join("/custom");
            client.send("2/custom,[\"disconnect-me\",false]");

            assertThat(client.text()).isEqualTo("1/custom,");
            assertThat(client.join("/custom")).isNotEqualTo(first);
            client.expectNothingMore();
        }
    }

    @Test
    void dynamic_namespaces_do_not_hear_each_other() {
        try (SocketClient one = open(Via.WEBSOCKET);
                SocketClient two = open(Via.POLLING)) {
            one.join("/dynamic-71");
            two.join("/dynamic-72");
            two.join("/");
            one.send("2/dynamic-71,[\"emit-all\",\"hello\"]");

            assertThat(one.text()).isEqualTo("2/dynamic-71,[\"hello\"]");
            two.expectNothingMore();
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_connection_that_joins_nothing_is_closed_in_time(Via via) {
        long start = System.nanoTime();
        try (SocketClient client = open(via)) {
            client.send("0/unknown,");
            assertThat(client.text()).startsWith("4/unknown,");

            awaitEndWithPongs(client);

            assertThat((System.nanoTime() - start) / 1_000_000).isBetween(1350L, 2500L);
        }
    }

    private static void awaitEndWithPongs(SocketClient client) {
        try {
            client.engine().next();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("session");
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_connection_that_has_left_all_namespaces_stays(Via via) {
        long start = System.nanoTime();
        try (SocketClient client = SocketClient.joined(via)) {
            client.send("1");
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> stays(client) && System.nanoTime() - start > 1_800_000_000L);
        }
    }

    private static boolean stays(SocketClient client) {
        client.send("0/unknown,");
        return client.text().startsWith("4/unknown,");
    }
}
