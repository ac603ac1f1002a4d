package io.portcullis.socketio.protocol;

import static io.portcullis.socketio.protocol.Decoding.LIMITS;
import static io.portcullis.socketio.protocol.Decoding.refusesText;
import static io.portcullis.socketio.protocol.Decoding.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentsTest {

    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "5-",
                "50-",
                "500-",
                "5-1-",
                "5+1-",
                "511-",
                "5100-",
                "5999999999-",
                "59999999999-",
                "54294967297-",
                "518446744073709551617-",
                "51",
                "5a-",
                "51.0-",
                "5 1-",
                "51 -",
                "5\u0661-",
                "5[\"e\"]",
                "50-[\"e\"]",
                "5/a-b,[\"e\"]",
                "6",
                "6-",
                "60-1[]",
                "6-1-1[]",
                "611-1[]"
            })
    void refuses_numbers_of_attachments(String head) {
        refusesText(head);
        refusesText(head + "[\"e\"," + PLACEHOLDER + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"num\":-1",
                "\"num\":0.5",
                "\"num\":\"0\"",
                "\"num\":1e400",
                "\"num\":1",
                "\"num\":2147483648",
                "\"num\":4294967296",
                "\"num\":18446744073709551616",
                "\"num\":null",
                "\"num\":true",
                "\"num\":[0]",
                "\"num\":{}",
                "\"Num\":0",
                "\"num \":0",
                "\"x\":{\"num\":0}"
            })
    void refuses_placeholders_of_no_attachment(String number) {
        refusesText("51-[\"e\",{\"_placeholder\":true," + number + "}]");
        refusesText("51-[\"e\",{" + number + ",\"_placeholder\":true}]");
        refusesText("51-[\"e\",[{\"a\":{\"_placeholder\":true," + number + "}}]]");
        refusesText("51-[\"e\",{\"_placeholder\":true}]");
        refusesText("51-[\"e\",{\"\\u005fplaceholder\":true," + number + "}]");
        refusesText("61-1[{\"_placeholder\":true," + number + "}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "1", "\"true\"", "null", "[true]", "{}"})
    void takes_what_is_no_placeholder_for_data(String mark) {
        Packet.Event event = (Packet.Event)
                text("51-[\"e\",{\"_placeholder\":" + mark + ",\"num\":-1}," + PLACEHOLDER + "]", new byte[] {1});

        assertThat(event.data().isPlaceholder(1)).isFalse();
        assertThat(event.data().isPlaceholder(2)).isTrue();
    }

    @Test
    void takes_placeholders_in_plain_events_for_data() {
        Packet.Event event = (Packet.Event) text("2[\"e\"," + PLACEHOLDER + ",{\"_placeholder\":true,\"num\":99}]");

        assertThat(event.data().isPlaceholder(1)).isFalse();
        assertThat(event.data().isPlaceholder(2)).isFalse();
        assertThat(event.data().text(1)).isEqualTo(PLACEHOLDER);
    }

    @Test
    void refuses_a_text_between_attachments() {
        PacketDecoder decoder = Parser.JSON.decoder(LIMITS);
        decoder.decodeText("52-[\"e\"," + PLACEHOLDER + "]");
        decoder.decodeBinary(new byte[1]);

        assertThatThrownBy(() -> decoder.decodeText("2[\"e\"]")).isInstanceOf(ProtocolException.class);
    }

    @Test
    void refuses_binary_content_without_a_packet() {
        assertThatThrownBy(() -> Parser.JSON.decoder(LIMITS).decodeBinary(new byte[1]))
                .isInstanceOf(ProtocolException.class);
        PacketDecoder used = Parser.JSON.decoder(LIMITS);
        used.decodeText("51-[\"e\"," + PLACEHOLDER + "]");
        used.decodeBinary(new byte[1]);
        assertThatThrownBy(() -> used.decodeBinary(new byte[1])).isInstanceOf(ProtocolException.class);
    }

    @Test
    void bounds_the_bytes_of_all_attachments_of_a_packet() {
        PacketDecoder decoder = Parser.JSON.decoder(new DecoderLimits(10, 100, 200, 100, false));
        for (int packet = 0; packet < 3; packet++) {
            decoder.decodeText("52-[\"e\"," + PLACEHOLDER + "]");
            decoder.decodeBinary(new byte[60]);
            assertThat(decoder.decodeBinary(new byte[40])).isNotNull();
        }
        decoder.decodeText("53-[\"e\"," + PLACEHOLDER + "]");
        decoder.decodeBinary(new byte[100]);

        assertThatThrownBy(() -> decoder.decodeBinary(new byte[1]))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("expected attachments of at most 100 bytes");
    }

    @Test
    void attachments_go_where_their_placeholders_are() {
        Packet.Event event = (Packet.Event) text(
                "53-/chat,8[\"file\",{\"num\":2,\"_placeholder\":true},{\"x\":{\"_placeholder\":true,\"num\":0}},"
                        + "{\"_placeholder\":true,\"num\":2}]",
                new byte[] {0},
                new byte[] {1},
                new byte[] {2});

        assertThat(event.namespace()).isEqualTo("/chat");
        assertThat(event.id()).isEqualTo(8);
        assertThat(event.data().attachment(1)).containsExactly(2);
        assertThat(event.data().isPlaceholder(2)).isFalse();
        assertThat(event.data().attachment(3)).containsExactly(2);
    }

    @Test
    void takes_as_many_attachments_as_allowed() {
        byte[][] attachments = new byte[10][3];

        Packet.Ack ack = (Packet.Ack) text("610-1[" + PLACEHOLDER + "]", attachments);

        assertThat(ack.data().attachments()).hasSize(10);
    }

    @Test
    void what_is_inside_a_placeholder_counts_for_nothing() {
        Packet.Event event = (Packet.Event) text(
                "52-[\"e\",{\"_placeholder\":true,\"num\":0,\"x\":{\"_placeholder\":true,\"num\":1}}]",
                new byte[] {0},
                new byte[] {1});

        assertThat(event.data().attachment(1)).containsExactly(0);
        assertThat(JsonArguments.builder().addAll(event.data()).build().attachments())
                .hasSize(1);
    }
}
