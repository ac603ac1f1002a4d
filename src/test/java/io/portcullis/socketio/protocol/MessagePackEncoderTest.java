package io.portcullis.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagePackEncoderTest {

    private static String hex(Packet packet) {
        EncodedPacket encoded = Parser.MESSAGE_PACK.encoder().encode(packet);
        assertThat(encoded.text()).isNull();
        assertThat(encoded.attachments()).hasSize(1);
        return HexFormat.of().formatHex(encoded.attachments().get(0));
    }

    private static String value(String json) {
        String head = "83a47479706502a36e7370a12fa46461746192a165";
        String hex = hex(new Packet.Event(
                "/",
                Packet.NO_ID,
                JsonArguments.builder().addString("e").addJson(json).build()));
        assertThat(hex).startsWith(head);
        return hex.substring(head.length());
    }

    @Test
    void writes_every_type() {
        JsonArguments data = JsonArguments.builder().addString("x").build();

        assertThat(hex(new Packet.Event("/", Packet.NO_ID, data)))
                .isEqualTo("83a47479706502a36e7370a12fa46461746191a178");
        assertThat(hex(new Packet.Event("/a", 5, data)))
                .isEqualTo("84a47479706502a36e7370a22f61a46461746191a178a2696405");
        assertThat(hex(new Packet.Ack("/", 0, JsonArguments.EMPTY)))
                .isEqualTo("84a47479706503a36e7370a12fa46461746190a2696400");
        assertThat(hex(new Packet.Connect("/", null))).isEqualTo("82a47479706500a36e7370a12f");
        assertThat(hex(new Packet.Connect("/", "{\"a\":1}"))).isEqualTo("83a47479706500a36e7370a12fa46461746181a16101");
        assertThat(hex(new Packet.Disconnect("/"))).isEqualTo("82a47479706501a36e7370a12f");
        assertThat(hex(new Packet.ConnectError("/", "\"x\""))).isEqualTo("83a47479706504a36e7370a12fa464617461a178");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "null, c0",
                "true, c3",
                "false, c2",
                "0, 00",
                "127, 7f",
                "128, cc80",
                "-1, ff",
                "-32, e0",
                "-33, d0df",
                "65536, ce00010000",
                "9223372036854775807, cf7fffffffffffffff",
                "-9223372036854775808, d38000000000000000",
                "18446744073709551615, cfffffffffffffffff",
                "18446744073709551616, cb43f0000000000000",
                "-9223372036854775809, cbc3e0000000000000",
                "1.5, cb3ff8000000000000",
                "1e3, cb408f400000000000",
                "1e400, cb7ff0000000000000",
                "`\"\\u00e9\\n\"`, a3c3a90a",
                "[], 90",
                "{}, 80",
                "`[ 1 , [ ] , { } ]`, 93019080",
                "`{ \"a\" : \",]}\\\"\" , \"b\" : [ \"[{\" ] }`, 82a161a42c5d7d22a16291a25b7b"
            })
    void writes_every_kind_of_value(String json, String hex) {
        assertThat(value(json)).isEqualTo(hex);
    }

    @Test
    void writes_binary_content_in_place() {
        JsonArguments data = JsonArguments.builder()
                .addString("e")
                .addBinary(new byte[] {1})
                .addJson("[{\"_placeholder\":true,\"num\":0}]", List.of(new byte[] {2, 3}))
                .build();

        assertThat(hex(new Packet.Event("/", Packet.NO_ID, data))).endsWith("93a165" + "c40101" + "91" + "c4020203");
    }

    @Test
    void plain_data_that_looks_like_a_placeholder_stays_a_map() {
        assertThat(value("{\"_placeholder\":true,\"num\":0}")).startsWith("82ac5f706c616365686f6c646572c3");
    }

    @Test
    void writes_what_is_deep_and_long_in_linear_time() {
        String deep = "[".repeat(900) + "\"" + "x".repeat(8_000_000) + "\"" + "]".repeat(900);
        long start = System.nanoTime();

        String written = value(deep);

        assertThat(System.nanoTime() - start).isLessThan(3_000_000_000L);
        assertThat(written).startsWith("91".repeat(900) + "db");
    }

    @Test
    void an_object_inside_a_placeholder_is_not_counted() {
        JsonArguments data = ((Packet.Event) Decoding.text(
                        "51-[\"e\",{\"_placeholder\":true,\"num\":0,\"x\":{\"y\":[1,2]}},[3,4,5]]", new byte[] {1}))
                .data();

        assertThat(hex(new Packet.Event("/", Packet.NO_ID, data))).endsWith("93a165c4010193030405");
    }

    @Test
    void writes_ten_thousand_elements_without_harm() {
        assertThat(value("[" + "1,".repeat(9_999) + "1]"))
                .startsWith("dc271001")
                .hasSize(6 + 20_000);
    }
}
