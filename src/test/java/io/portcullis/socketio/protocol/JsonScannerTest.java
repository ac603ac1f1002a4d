package io.portcullis.socketio.protocol;

import static io.portcullis.socketio.protocol.Decoding.refusesText;
import static io.portcullis.socketio.protocol.Decoding.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {

    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"user\",\"role\":\"admin\"}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"\\u0061\":1,\"a\":2}",
                "{\"a\":{\"b\":1},\"a\":2}",
                "{\"a\":1,\"b\":{\"a\":2},\"a\":3}",
                "{\"\":1,\"\":2}",
                "[{\"x\":[{\"a\":1,\"b\":2,\"a\":3}]}]",
                "{\"\\\"\":1,\"\\u0022\":2}",
                "{\"\uD83D\uDE00\":1,\"\\uD83D\\uDE00\":2}"
            })
    void refuses_duplicate_keys(String json) {
        refusesText("2[\"e\"," + json + "]");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 9, 10, 1_000})
    void refuses_duplicate_keys_in_objects_of_any_size(int size) {
        String keys = IntStream.range(0, size)
                .mapToObj(i -> "\"k" + i + "\":{\"k0\":0}")
                .collect(Collectors.joining(","));

        text("2[\"e\",{" + keys + "},{" + keys + "}]");
        refusesText("2[\"e\",{" + keys + ",\"k0\":1}]");
        refusesText("2[\"e\",{" + keys + ",\"k" + (size - 1) + "\":1}]");
        refusesText("2[\"e\",{" + keys + ",\"\\u006b0\":1}]");
    }

    @Test
    void takes_duplicate_keys_if_they_are_allowed() {
        DecoderLimits lax = new DecoderLimits(10, 100, 200, 100, true);

        assertThat(Parser.JSON.decoder(lax).decodeText("2[\"e\",{\"a\":1,\"a\":2}]"))
                .isNotNull();
    }

    @Test
    void reads_many_keys_that_collide_in_linear_time() {
        String keys = IntStream.range(0, 1 << 15)
                .mapToObj(i -> "\"" + colliding(i) + "\":0")
                .collect(Collectors.joining(","));
        long start = System.nanoTime();

        text("2[\"e\",{" + keys + "}]");

        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }

    /** "Aa" and "BB" have the same hash code, and so have all their combinations. */
    private static String colliding(int number) {
        StringBuilder key = new StringBuilder();
        for (int bit = 0; bit < 15; bit++) {
            key.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return key.toString();
    }

    @Test
    void bounds_the_depth() {
        text("2[\"e\"," + "[".repeat(199) + "]".repeat(199) + "]");
        text("0" + "{\"a\":".repeat(199) + "{}" + "}".repeat(199));
        refusesText("2[\"e\"," + "[".repeat(200) + "]".repeat(200) + "]");
        refusesText("2[\"e\"," + "{\"a\":".repeat(200) + "1" + "}".repeat(200) + "]");
        refusesText("0" + "{\"a\":".repeat(200) + "{}" + "}".repeat(200));
        refusesText("2[\"e\"," + "[".repeat(1_000_000));
    }

    @Test
    void bounds_the_digits_of_a_number() {
        text("2[\"e\"," + "1".repeat(100) + "]");
        refusesText("2[\"e\"," + "1".repeat(101) + "]");
        refusesText("2[\"e\",0." + "1".repeat(99) + "]");
        refusesText("2[\"e\",1e" + "1".repeat(99) + "]");
        refusesText("2[\"e\"," + "1".repeat(1_000_000) + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a",
                "\"",
                "\"\\\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u\uFF11234\"",
                "\"\\u-123\"",
                "'a'",
                "\"\n\"",
                "\"\t\"",
                "\"\u0000\"",
                "\"\u001f\"",
                "01",
                "-",
                "-a",
                "+1",
                "1.",
                ".1",
                "1e",
                "1e+",
                "1.e1",
                "0x1",
                "--1",
                "1_0",
                "NaN",
                "Infinity",
                "-Infinity",
                "undefined",
                "True",
                "nul",
                "truefalse",
                "tru",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "{1:1}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":1 \"b\":2}",
                "[",
                "[1,]",
                "[,1]",
                "[1 2]",
                "]",
                "}",
                "{]",
                "[}",
                "//c\n1",
                "1/**/",
                "\u00a01",
                "\uFEFF1",
                "\u000b1",
                ""
            })
    void refuses_what_is_no_json(String json) {
        refusesText("2[\"e\"," + json + "]");
        refusesText("51-[\"e\"," + PLACEHOLDER + "," + json + "]");
        refusesText("31[" + (json.isEmpty() ? "," : json) + "]");
        refusesText("0{\"a\":" + json + "}");
    }

    @Test
    void keeps_escaped_lone_surrogates_as_they_are() {
        Packet.Event event = (Packet.Event) text("2[\"e\",\"\\ud800\",\"x\\udfffy\"]");

        assertThat(event.data().string(1)).isEqualTo("\ud800");
        assertThat(event.data().string(2)).isEqualTo("x\udfffy");
        assertThat(new TextEncoder().encode(event).text()).isEqualTo("2[\"e\",\"\\ud800\",\"x\\udfffy\"]");
    }

    @Test
    void names_of_classes_and_look_ups_are_plain_data() {
        String json =
                "[\"e\",{\"@class\":\"java.lang.Runtime\",\"@type\":\"java.net.URL\",\"a\":\"${jndi:ldap://x/y}\"}]";

        assertThat(((Packet.Event) text("2" + json)).data().text()).isEqualTo(json);
    }
}
