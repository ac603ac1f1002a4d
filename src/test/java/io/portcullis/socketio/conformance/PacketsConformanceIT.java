package io.portcullis.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.SocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "Each is one Engine.IO message": the text form, how it is decoded and how it is encoded. */
class PacketsConformanceIT {

    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

    private static void assertCloses(String... packets) {
        for (Via via : Via.values()) {
            try (SocketClient watcher = SocketClient.joined();
                    SocketClient client = SocketClient.open(via, "/socket.io/")) {
                String id = client.join("/");
                client.send(packets);

                client.engine().awaitEnd();
                assertThat(watcher.reasonOf(id)).isIn("forced close", "forced server close");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1,2,3",
                "-1.5",
                "1e+21",
                "0.1",
                "9007199254740991",
                "true,false,null",
                "\"\"",
                "\"a\\\"b\\\\c\\n\\u0000\"",
                "\"\u00e9\u20ac\ud83d\ude00\u2028\"",
                "[],[[]],{}",
                "{\"a\":[1,{\"b\":null}],\"\":{}}",
                "{\"_placeholder\":true,\"num\":0}",
                "{\"__proto__\":{\"x\":1},\"constructor\":2,\"@class\":\"java.lang.Runtime\"}",
                "\"${jndi:ldap://127.0.0.1/x}\""
            })
    void arguments_come_back_as_they_went(String arguments) {
        for (Via via : Via.values()) {
            try (SocketClient client = SocketClient.joined(via)) {
                String rest = arguments.isEmpty() ? "" : "," + arguments;
                client.send("2[\"message\"" + rest + "]");
                client.send("25[\"message-with-ack\"" + rest + "]");

                assertThat(client.text()).isEqualTo("2[\"message-back\"" + rest + "]");
                assertThat(client.text()).isEqualTo("35[" + arguments + "]");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/custom", "0/custom,", "0/custom,{}", "0/custom{}"})
    void a_namespace_runs_to_the_comma_or_to_the_end(String connect) {
        try (SocketClient client = SocketClient.open(Via.WEBSOCKET, "/socket.io/")) {
            client.send(connect);

            boolean known = !connect.endsWith("custom{}");
            assertThat(client.text()).startsWith(known ? "0/custom,{\"sid\":\"" : "4/custom{},{\"message\":");
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "7,7", "007,7", "0000000000000000000000000000001,1", "9007199254740991,9007199254740991"})
    void an_acknowledgement_has_the_id_of_its_event(String sent, String answered) {
        try (SocketClient client = SocketClient.joined()) {
            client.send("2" + sent + "[\"message-with-ack\",1]");

            assertThat(client.text()).isEqualTo("3" + answered + "[1]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2[\"nobody listens\"]",
                "2[\"error\",\"x\"]",
                "2[7,\"a number\"]",
                "2[1.5]",
                "2[\"\"]",
                "23[\"nobody listens\",1]",
                "3999[]",
                "30[1,2]",
                "2[\"__proto__\"]",
                "2[\"hasOwnProperty\",1]",
                "2[ \"nobody\" , { } ]"
            })
    void events_and_answers_that_nobody_waits_for_are_ignored(String packet) {
        try (SocketClient client = SocketClient.joined()) {
            client.send(packet);

            client.expectNothingMore();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "8[\"a\"]",
                "9",
                "a",
                "-",
                " 2[\"a\"]",
                "\u00e9",
                "2",
                "2{}",
                "2null",
                "2\"a\"",
                "21",
                "2[]",
                "2[null]",
                "2[true]",
                "2[{}]",
                "2[[\"a\"]]",
                "2[\"a\"",
                "2[\"a\"]x",
                "2[\"a\"][]",
                "2[\"a\",]",
                "2[,]",
                "2['a']",
                "2[\"a\",NaN]",
                "2[\"a\",01]",
                "2[\"a\",+1]",
                "2[\"a\",.5]",
                "2[\"a\",1.]",
                "2[\"a\",\"\t\"]",
                "2[\"a\",\"\\x\"]",
                "2[\"a\",\"\\u12\"]",
                "2[\"a\",{a:1}]",
                "2[\"a\",{\"a\"}]",
                "2[\"a\",undefined]",
                "2[\"a\"]//",
                "2-1[\"a\"]",
                "2,[\"a\"]",
                "21.5[\"a\"]",
                "3",
                "31",
                "31{}",
                "31null",
                "3[\"a\"]",
                "3[]",
                "1{}",
                "1[]",
                "1\"x\"",
                "4{\"message\":\"x\"}",
                "4\"x\"",
                "4"
            })
    void what_is_no_packet_closes_the_connection(String packet) {
        assertCloses(packet);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0[]", "0\"x\"", "01", "0null", "0{", "0{}x", "0{\"a\":}", "0/custom,[]", "0/custom,1"})
    void a_connect_with_anything_but_an_object_closes_the_connection(String packet) {
        try (SocketClient client = SocketClient.open(Via.WEBSOCKET, "/socket.io/")) {
            client.send(packet);

            client.engine().awaitEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void reserved_names_close_the_connection(String name) {
        assertCloses("2[\"" + name + "\"]");
    }

    @Test
    void a_reserved_name_in_disguise_closes_the_connection() {
        assertCloses("2[\"d\\u0069sconnect\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5[\"a\"]",
                "5-[\"a\"]",
                "50-[\"a\"]",
                "511-[\"a\"]",
                "5x-[\"a\"]",
                "51[\"a\"]",
                "5-1-[\"a\"]",
                "51.5-[\"a\"]",
                "51e0-[\"a\"]",
                "5+1-[\"a\"]",
                "5 1-[\"a\"]",
                "5999999999999999999-[\"a\"]",
                "51-",
                "51-{}",
                "51-[]",
                "51-[1",
                "60-1[]",
                "61-[]",
                "6-1[]",
                "611-1[]",
                "51-[\"disconnect\"]"
            })
    void a_wrong_number_of_attachments_or_no_packet_closes_the_connection(String packet) {
        assertCloses(packet);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "-1", "0.5", "\"0\"", "1e400", "null", "true", "[]", "{}", "1e1", "99999999999999999999"})
    void a_placeholder_that_names_no_attachment_closes_the_connection(String number) {
        for (Via via : Via.values()) {
            try (SocketClient client = SocketClient.joined(via)) {
                client.send("51-[\"message\",{\"_placeholder\":true,\"num\":" + number + "}]");
                client.send(new byte[] {1});

                client.engine().awaitEnd();
            }
        }
    }

    @Test
    void a_placeholder_without_a_number_closes_the_connection() {
        try (SocketClient client = SocketClient.joined()) {
            client.send("51-[\"message\",{\"_placeholder\":true}]");
            client.send(new byte[] {1});

            client.engine().awaitEnd();
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_text_instead_of_an_attachment_closes_the_connection(Via via) {
        try (SocketClient client = SocketClient.joined(via)) {
            client.send("52-[\"message\"," + PLACEHOLDER + "]");
            client.send(new byte[] {1});
            client.send("2[\"message\"]");

            client.engine().awaitEnd();
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_binary_message_that_nothing_waits_for_closes_the_connection(Via via) {
        try (SocketClient client = SocketClient.joined(via)) {
            client.send(new byte[] {1});

            client.engine().awaitEnd();
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_binary_message_before_any_packet_closes_the_connection(Via via) {
        try (SocketClient client = SocketClient.open(via, "/socket.io/")) {
            client.send(new byte[] {1});

            client.engine().awaitEnd();
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void engine_packets_may_come_between_a_packet_and_its_attachments(Via via) {
        try (SocketClient client = SocketClient.joined(via)) {
            client.send("51-[\"message\"," + PLACEHOLDER + "]");
            client.engine().send("3");
            client.send(new byte[] {1, 2});

            assertThat(client.text()).isEqualTo("51-[\"message-back\"," + PLACEHOLDER + "]");
            assertThat(client.binary()).containsExactly(1, 2);
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void placeholders_may_come_in_any_order(Via via) {
        try (SocketClient client = SocketClient.joined(via)) {
            client.send("52-[\"message\",{\"num\":1,\"_placeholder\":true},[" + PLACEHOLDER + "]]");
            client.send(new byte[] {1});
            client.send(new byte[] {2});

            assertThat(client.text())
                    .isEqualTo("52-[\"message-back\"," + PLACEHOLDER + ",[{\"_placeholder\":true,\"num\":1}]]");
            assertThat(client.binary()).containsExactly(2);
            assertThat(client.binary()).containsExactly(1);
        }
    }

    @Test
    void an_attachment_may_be_used_twice_or_not_at_all() {
        try (SocketClient client = SocketClient.joined()) {
            client.send("52-[\"message\"," + PLACEHOLDER + "," + PLACEHOLDER + "]");
            client.send(new byte[] {1});
            client.send(new byte[] {2});

            assertThat(client.text()).isEqualTo("51-[\"message-back\"," + PLACEHOLDER + "," + PLACEHOLDER + "]");
            assertThat(client.binary()).containsExactly(1);
            client.expectNothingMore();
        }
    }

    @Test
    void an_event_whose_attachments_are_all_unused_is_a_plain_one() {
        try (SocketClient client = SocketClient.joined()) {
            client.send("51-[\"message\",1]");
            client.send(new byte[] {1});

            assertThat(client.text()).isEqualTo("2[\"message-back\",1]");
        }
    }

    @Test
    void ten_attachments_are_accepted() {
        StringBuilder arguments = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            arguments.append(",{\"_placeholder\":true,\"num\":").append(i).append('}');
        }
        try (SocketClient client = SocketClient.joined()) {
            client.send("510-[\"message\"" + arguments + "]");
            for (byte i = 0; i < 10; i++) {
                client.send(new byte[] {i});
            }

            assertThat(client.text()).isEqualTo("510-[\"message-back\"" + arguments + "]");
            for (byte i = 0; i < 10; i++) {
                assertThat(client.binary()).containsExactly(i);
            }
        }
    }

    @Test
    void nesting_is_bounded_and_harms_only_its_own_connection() {
        try (SocketClient other = SocketClient.joined();
                SocketClient client = SocketClient.joined()) {
            client.send("2[\"message\"," + "[".repeat(100) + "]".repeat(100) + "]");
            assertThat(client.text()).startsWith("2[\"message-back\",[[");
            client.send("2[\"message\"," + "[".repeat(5000) + "]".repeat(5000) + "]");

            client.engine().awaitEnd();
            other.expectNothingMore();
        }
    }
}
