package io.portcullis.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.EngineClient.Via;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/** "Every packet is one binary Engine.IO message: a map with type, nsp, data, id." */
class MessagePackConformanceIT {

    private static final String PATH = "/msgpack/";

    private static Value text(String text) {
        return ValueFactory.newString(text);
    }

    private static Value number(long number) {
        return ValueFactory.newInteger(number);
    }

    private static Value list(Value... values) {
        return ValueFactory.newArray(values);
    }

    private static Value map(Object... pairs) {
        Value[] values = new Value[pairs.length];
        for (int i = 0; i < pairs.length; i++) {
            values[i] = pairs[i] instanceof Value value
                    ? value
                    : pairs[i] instanceof Integer number ? number(number) : text((String) pairs[i]);
        }
        return ValueFactory.newMap(values);
    }

    private static byte[] pack(Value value) {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            packer.packValue(value);
            return packer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Value, Value> unpack(byte[] packet) {
        try {
            return MessagePack.newDefaultUnpacker(packet)
                    .unpackValue()
                    .asMapValue()
                    .map();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EngineClient joined(Via via) {
        EngineClient client = via.open(PATH);
        client.send(pack(map("type", 0, "nsp", "/")));
        Map<Value, Value> answer = unpack(client.binary());
        assertThat(answer.get(text("type"))).isEqualTo(number(0));
        assertThat(answer.get(text("nsp"))).isEqualTo(text("/"));
        assertThat(answer.keySet()).containsExactlyInAnyOrder(text("type"), text("nsp"), text("data"));
        assertThat(answer.get(text("data")).asMapValue().map().keySet()).containsExactly(text("sid"));
        Map<Value, Value> greeting = unpack(client.binary());
        assertThat(greeting.get(text("data"))).isEqualTo(list(text("auth"), map()));
        return client;
    }

    private static void assertEchoes(EngineClient client, Value argument) {
        client.send(pack(map("type", 2, "nsp", "/", "data", list(text("message"), argument))));
        Map<Value, Value> answer = unpack(client.binary());
        assertThat(answer.get(text("data"))).isEqualTo(list(text("message-back"), argument));
        assertThat(answer.containsKey(text("id"))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void values_come_back_as_they_went_binary_inline(Via via) {
        try (EngineClient client = joined(via)) {
            assertEchoes(client, text("\u00e9\u20ac\ud83d\ude00"));
            assertEchoes(client, ValueFactory.newBinary(new byte[] {1, 2, 3}));
            assertEchoes(client, map("a", list(ValueFactory.newBinary(new byte[300]), ValueFactory.newNil())));
            assertEchoes(client, list(ValueFactory.newBoolean(true), ValueFactory.newBoolean(false)));
            assertEchoes(client, number(Integer.MAX_VALUE));
            assertEchoes(client, ValueFactory.newFloat(1.5));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00,00",
        "7f,7f",
        "cc80,cc80",
        "ccff,ccff",
        "cd0100,cd0100",
        "ce00010000,ce00010000",
        "ff,ff",
        "e0,e0",
        "d0df,d0df",
        "d1ff00,d1ff00",
        "d2ffff0000,d2ffff0000",
        "cd0001,01",
        "cb3ff8000000000000,cb3ff8000000000000",
        "c0,c0",
        "c3,c3",
        "a0,a0",
        "90,90",
        "80,80",
        "c400,c400"
    })
    void numbers_have_their_shortest_form(String sent, String received) {
        try (EngineClient client = joined(Via.WEBSOCKET)) {
            byte[] head = pack(map("type", 2, "nsp", "/", "data", list(text("message"), ValueFactory.newNil())));
            String hex = HexFormat.of().formatHex(head);
            client.send(HexFormat.of().parseHex(hex.substring(0, hex.length() - 2) + sent));

            assertThat(HexFormat.of().formatHex(client.binary()))
                    .contains(HexFormat.of().formatHex(pack(text("message-back"))) + received);
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void an_acknowledgement_has_the_id_of_its_event(Via via) {
        try (EngineClient client = joined(via)) {
            client.send(pack(map("type", 2, "nsp", "/", "id", 0, "data", list(text("message-with-ack"), number(5)))));
            Map<Value, Value> answer = unpack(client.binary());

            assertThat(answer)
                    .containsEntry(text("type"), number(3))
                    .containsEntry(text("id"), number(0))
                    .containsEntry(text("nsp"), text("/"))
                    .containsEntry(text("data"), list(number(5)));
        }
    }

    @Test
    void the_server_gets_the_answer_of_the_client() {
        try (EngineClient client = joined(Via.WEBSOCKET)) {
            client.send(pack(
                    map("type", 2, "nsp", "/", "id", 9, "data", list(text("server-ack"), text("q"), number(2000)))));
            Map<Value, Value> asked = unpack(client.binary());
            assertThat(asked.get(text("data"))).isEqualTo(list(text("ask"), text("q")));
            client.send(pack(map(
                    "type", 3, "nsp", "/", "id", asked.get(text("id")), "data", list(ValueFactory.newBinary(new byte[] {
                        7
                    })))));

            assertThat(unpack(client.binary()).get(text("data")).toString()).contains("\"ok\":true");
        }
    }

    @Test
    void other_keys_are_ignored() {
        try (EngineClient client = joined(Via.WEBSOCKET)) {
            client.send(pack(map(
                    "type",
                    2,
                    "data",
                    list(text("message"), number(1)),
                    "options",
                    map("compress", ValueFactory.newBoolean(true)),
                    "nsp",
                    "/")));

            assertThat(unpack(client.binary()).get(text("data"))).isEqualTo(list(text("message-back"), number(1)));
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void namespaces_are_refused_joined_and_left(Via via) {
        try (EngineClient client = joined(via)) {
            client.send(pack(map("type", 0, "nsp", "/unknown")));
            assertThat(unpack(client.binary()))
                    .isEqualTo(map("type", 4, "nsp", "/unknown", "data", map("message", "Invalid namespace"))
                            .asMapValue()
                            .map());
            client.send(pack(map("type", 0, "nsp", "/guarded", "data", map("token", "secret"))));
            assertThat(unpack(client.binary()).get(text("nsp"))).isEqualTo(text("/guarded"));
            client.binary();
            client.send(pack(map(
                    "type",
                    2,
                    "nsp",
                    "/guarded",
                    "data",
                    list(text("disconnect-me"), ValueFactory.newBoolean(false)))));
            assertThat(unpack(client.binary()))
                    .isEqualTo(map("type", 1, "nsp", "/guarded").asMapValue().map());
            client.send(pack(map("type", 1, "nsp", "/")));
            client.send(pack(map("type", 0, "nsp", "/")));
            assertThat(unpack(client.binary()).get(text("type"))).isEqualTo(number(0));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c0",
                "01",
                "a161",
                "90",
                "80",
                "81a474797065",
                "c1",
                "df7fffffff",
                "dfffffffff",
                "ddffffffff",
                "dbffffffff",
                "c6ffffffff",
                "81",
                "8102",
                "d40001"
            })
    void what_is_no_packet_closes_the_connection(String hex) {
        for (Via via : Via.values()) {
            try (EngineClient client = joined(via)) {
                client.send(HexFormat.of().parseHex(hex));

                client.awaitEnd();
            }
        }
    }

    private static void assertCloses(Value packet) {
        try (EngineClient client = joined(Via.WEBSOCKET)) {
            client.send(pack(packet));

            client.awaitEnd();
        }
    }

    @Test
    void a_packet_of_the_wrong_shape_closes_the_connection() {
        Value data = list(text("message"));
        assertCloses(map("type", 5, "nsp", "/", "data", data));
        assertCloses(map("type", 6, "nsp", "/", "data", data, "id", 1));
        assertCloses(map("type", -1, "nsp", "/", "data", data));
        assertCloses(map("type", "2", "nsp", "/", "data", data));
        assertCloses(map("type", ValueFactory.newFloat(2.5), "nsp", "/", "data", data));
        assertCloses(map("nsp", "/", "data", data));
        assertCloses(map("type", 2, "data", data));
        assertCloses(map("type", 2, "nsp", 1, "data", data));
        assertCloses(map("type", 2, "nsp", "/"));
        assertCloses(map("type", 2, "nsp", "/", "data", map()));
        assertCloses(map("type", 2, "nsp", "/", "data", list()));
        assertCloses(map("type", 2, "nsp", "/", "data", list(map())));
        assertCloses(map("type", 2, "nsp", "/", "data", list(text("disconnect"))));
        assertCloses(map("type", 2, "nsp", "/", "data", data, "id", "1"));
        assertCloses(map("type", 2, "nsp", "/", "data", data, "id", ValueFactory.newFloat(0.5)));
        assertCloses(map("type", 3, "nsp", "/", "data", list()));
        assertCloses(map("type", 1, "nsp", "/", "data", list()));
        assertCloses(map("type", 0, "nsp", "/custom", "data", list()));
        assertCloses(map("type", 4, "nsp", "/", "data", "x"));
        assertCloses(map("type", 0, "nsp", "/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"40", "42[\"message\"]", "4", "4{}"})
    void a_text_message_closes_the_connection(String packet) {
        for (Via via : Via.values()) {
            try (EngineClient client = joined(via)) {
                client.send(packet);

                client.awaitEnd();
            }
        }
    }
}
