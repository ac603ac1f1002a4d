package io.portcullis.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonArgumentsTest {

    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

    private static JsonArguments received(String text, byte[]... attachments) {
        return ((Packet.Event) Decoding.text(text, attachments)).data();
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
    void elements_are_found_among_white_space() {
        JsonArguments data = received("2[ \"a\" ,\t1\r\n, {\"x\" : 2 } ]");

        assertThat(data.text(0)).isEqualTo("\"a\"");
        assertThat(data.text(1)).isEqualTo("1");
        assertThat(data.text(2)).isEqualTo("{\"x\" : 2 }");
    }

    @Test
    void the_attachments_of_others_get_new_numbers() {
        byte[] a = {1};
        byte[] b = {2};
        byte[] c = {3};
        JsonArguments first =
                received("52-[\"e\",{\"_placeholder\":true,\"num\":1},{\"x\":[" + PLACEHOLDER + "]}]", a, b);
        JsonArguments second = received("51-[\"f\"," + PLACEHOLDER + "]", c);

        JsonArguments both =
                JsonArguments.builder().addAll(second).addAll(first).build();

        assertThat(both.text())
                .isEqualTo("[\"f\"," + PLACEHOLDER + ",\"e\",{\"_placeholder\":true,\"num\":1},"
                        + "{\"x\":[{\"_placeholder\":true,\"num\":2}]}]");
        assertThat(both.attachments()).containsExactly(c, b, a);
    }

    @Test
    void a_thousand_elements_with_attachments_are_kept_in_order() {
        JsonArguments.Builder builder = JsonArguments.builder();
        for (int i = 0; i < 1_000; i++) {
            builder.addNumber(i).addBinary(new byte[] {(byte) i});
        }

        JsonArguments data = JsonArguments.builder().addAll(builder.build()).build();

        assertThat(data.size()).isEqualTo(2_000);
        assertThat(data.text(1_998)).isEqualTo("999");
        assertThat(data.attachment(1_999)).containsExactly((byte) 999);
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
        JsonArguments forged = received("2[\"a\"," + PLACEHOLDER + "]");
        JsonArguments escaped = received("2[\"a\",{\"\\u005fplaceholder\":true,\"num\":9}]");

        assertRefused(withBinary().addAll(forged));
        assertRefused(withBinary().addAll(escaped));
        assertRefused(withBinary().addJson(PLACEHOLDER));
        assertRefused(withBinary().addJson("[{\"\\u005fplaceholder\":true,\"num\":0}]"));
        assertRefused(withBinary().addJson("{\"_\\u0070laceholder\":true}"));
        assertRefused(withBinary().addJson("{\"x\":[{\"_placeholder\":true,\"num\":7}]}"));
        assertRefused(JsonArguments.builder().addAll(forged).addBinary(new byte[1]));
        assertRefused(JsonArguments.builder().addAll(escaped).addBinary(new byte[1]));
    }

    private static JsonArguments.Builder withBinary() {
        return JsonArguments.builder().addBinary(new byte[1]);
    }

    private static void assertRefused(JsonArguments.Builder builder) {
        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessage("expected no plain object with the key _placeholder beside binary content");
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
        JsonArguments data = received(text.append(']').toString(), new byte[] {7});

        JsonArguments spliced =
                JsonArguments.builder().addAll(data, 1, data.size()).build();

        assertThat(spliced.size()).isEqualTo(count);
        assertThat(spliced.attachments()).hasSize(1);
        assertThat(spliced.attachment(count - 1)).containsExactly(7);
    }
}
