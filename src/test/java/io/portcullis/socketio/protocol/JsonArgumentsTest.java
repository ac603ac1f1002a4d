package io.portcullis.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonArgumentsTest {

    private static final DecoderLimits LIMITS = new DecoderLimits(10, 1_000, 20, 30, false);

    private static JsonArguments received(String text) {
        return ((Packet.Event) Parser.JSON.decoder(LIMITS).decodeText(text)).data();
    }

    @Test
    void elements_are_written_without_white_space() {
        JsonArguments arguments = JsonArguments.builder()
                .addString("news")
                .addNumber(-5)
                .addBoolean(true)
                .addNull()
                .addJson("{\"a\":1}")
                .build();

        assertThat(arguments.text()).isEqualTo("[\"news\",-5,true,null,{\"a\":1}]");
        assertThat(arguments.size()).isEqualTo(5);
        assertThat(arguments.text(4)).isEqualTo("{\"a\":1}");
        assertThat(JsonArguments.EMPTY.text()).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a\"b|\"a\\\"b\"",
                "a\\b|\"a\\\\b\"",
                "é€😀|\"é€😀\"",
                "</script>|\"</script>\"",
                "\u2028|\"\u2028\"",
                "\u007f|\"\u007f\""
            })
    void strings_are_escaped_as_json_stringify_does(String text, String expected) {
        assertThat(JsonArguments.builder().addString(text).build().text(0)).isEqualTo(expected);
    }

    @Test
    void control_characters_and_lone_surrogates_are_escaped() {
        JsonArguments arguments = JsonArguments.builder()
                .addString("\b\f\n\r\t\u0000\u001f")
                .addString("\ud800x\udc00")
                .build();

        assertThat(arguments.text(0)).isEqualTo("\"\\b\\f\\n\\r\\t\\u0000\\u001f\"");
        assertThat(arguments.text(1)).isEqualTo("\"\\ud800x\\udc00\"");
        assertThat(arguments.string(0)).isEqualTo("\b\f\n\r\t\u0000\u001f");
        assertThat(arguments.string(1)).isEqualTo("\ud800x\udc00");
    }

    @Test
    void binary_elements_are_numbered_in_the_order_of_the_document() {
        byte[] first = {1};
        byte[] second = {2};
        byte[] third = {3};

        JsonArguments arguments = JsonArguments.builder()
                .addString("a")
                .addBinary(first)
                .addJson(
                        "{\"x\":{\"_placeholder\":true,\"num\":1},\"y\":{\"_placeholder\":true,\"num\":0}}",
                        List.of(third, second))
                .build();

        assertThat(arguments.text())
                .isEqualTo("[\"a\",{\"_placeholder\":true,\"num\":0},"
                        + "{\"x\":{\"_placeholder\":true,\"num\":1},\"y\":{\"_placeholder\":true,\"num\":2}}]");
        assertThat(arguments.attachments()).containsExactly(first, second, third);
    }

    @Test
    void some_elements_keep_the_attachments_that_they_refer_to() {
        JsonArguments arguments = JsonArguments.builder()
                .addBinary(new byte[] {1})
                .addString("b")
                .addBinary(new byte[] {2})
                .build();

        JsonArguments rest = JsonArguments.builder().addAll(arguments, 1, 3).build();

        assertThat(rest.text()).isEqualTo("[\"b\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(rest.attachments()).containsExactly(new byte[] {2});
        assertThat(JsonArguments.builder().addAll(arguments, 3, 3).build().size())
                .isZero();
    }

    @Test
    void data_that_looks_like_a_placeholder_stays_plain_data() {
        JsonArguments forged = received("2[\"a\",{\"_placeholder\":true,\"num\":0}]");

        assertThat(forged.isPlaceholder(1)).isFalse();
        JsonArguments spliced = JsonArguments.builder().addAll(forged).build();
        assertThat(spliced.hasAttachments()).isFalse();
        assertThat(Parser.JSON
                        .encoder()
                        .encode(new Packet.Event("/", Packet.NO_ID, spliced))
                        .text())
                .isEqualTo("2[\"a\",{\"_placeholder\":true,\"num\":0}]");
    }

    @Test
    void data_that_looks_like_a_placeholder_is_refused_beside_real_ones() {
        JsonArguments forged = received("2[\"a\",{\"\\u005fplaceholder\":true,\"num\":9}]");

        assertThatThrownBy(() -> JsonArguments.builder()
                        .addAll(forged)
                        .addBinary(new byte[1])
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonArguments.builder()
                        .addJson("{\"_placeholder\":true,\"num\":9}")
                        .addBinary(new byte[1])
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_string_with_the_word_placeholder_is_no_placeholder() {
        JsonArguments arguments = JsonArguments.builder()
                .addString("_placeholder")
                .addBinary(new byte[1])
                .build();

        assertThat(arguments.size()).isEqualTo(2);
    }

    @Test
    void own_data_that_is_too_deep_is_refused_before_the_stack_ends() {
        String deep = "[".repeat(999) + "]".repeat(999);
        String deeper = "[" + deep + "]";
        PacketEncoder messagePack = Parser.MESSAGE_PACK.encoder();
        List<byte[]> attachments = List.of(new byte[1]);

        JsonArguments data = JsonArguments.builder().addJson(deep, attachments).build();

        assertThat(data.text(0)).isEqualTo(deep);
        assertThat(messagePack.encode(new Packet.Ack("/", 0, data)).attachments())
                .hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonArguments.builder().addJson(deeper, attachments));
        for (String text : List.of(
                deeper, "[".repeat(100_000) + "]".repeat(100_000), "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000))) {
            JsonArguments plain = JsonArguments.builder().addJson(text).build();
            assertThatIllegalArgumentException().isThrownBy(() -> messagePack.encode(new Packet.Ack("/", 0, plain)));
        }
    }

    @Test
    void thousands_of_references_to_one_attachment_are_spliced() {
        int count = 20_000;
        StringBuilder text = new StringBuilder("51-[\"a\"");
        text.append(",{\"_placeholder\":true,\"num\":0}".repeat(count));
        PacketDecoder decoder = Parser.JSON.decoder(LIMITS);
        decoder.decodeText(text.append(']').toString());
        JsonArguments data = ((Packet.Event) decoder.decodeBinary(new byte[] {7})).data();

        JsonArguments spliced =
                JsonArguments.builder().addAll(data, 1, data.size()).build();

        assertThat(spliced.size()).isEqualTo(count);
        assertThat(spliced.attachments()).hasSize(1);
        assertThat(spliced.attachment(count - 1)).containsExactly(7);
    }
}
