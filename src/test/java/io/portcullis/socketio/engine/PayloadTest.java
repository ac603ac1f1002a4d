package io.portcullis.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

    private static List<EnginePacket> decode(byte[] body) {
        List<EnginePacket> packets = new ArrayList<>();
        Payload.decode(body, body.length, packets::add);
        return packets;
    }

    private static List<EnginePacket> decode(String body) {
        return decode(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void packets_are_joined_by_the_separator_and_binary_is_base64() {
        byte[] body = Payload.encode(List.of(
                EnginePacket.message("é😀"), EnginePacket.message(new byte[] {1, 2, 3, 4}, true), EnginePacket.PING));

        assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo("4é😀\u001ebAQIDBA==\u001e2");
    }

    @Test
    void one_packet_is_a_body_by_itself() {
        assertThat(Payload.encode(List.of(EnginePacket.message("a"))))
                .asString()
                .isEqualTo("4a");
        assertThat(Payload.encode(List.of(EnginePacket.message(new byte[0], true))))
                .asString()
                .isEqualTo("b");
        assertThat(Payload.encode(List.of(EnginePacket.message(new byte[] {-1, -2}, true))))
                .asString()
                .isEqualTo("b//4=");
    }

    @Test
    void what_was_joined_is_split_again() {
        List<EnginePacket> packets = decode("4é😀\u001ebAQIDBA==\u001e2\u001e4");

        assertThat(packets).extracting(EnginePacket::text).containsExactly("4é😀", "bAQIDBA==", "2", "4");
        assertThat(packets.get(1).binary()).containsExactly(1, 2, 3, 4);
        assertThat(packets.get(3).data()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"b,''", "bAQIDBA==,01020304", "bAQIDBA,01020304", "b-_8=,fbff", "b-_8,fbff", "b+/8=,fbff"})
    void base64_may_lack_padding_and_may_be_url_safe(String packet, String hex) {
        assertThat(decode(packet).get(0).binary()).isEqualTo(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4a\u001e",
                "\u001e",
                "\u001e4a",
                "7",
                "x",
                "/",
                ":",
                " 4",
                "\uFEFF4a",
                "b!!!",
                "4a\u001e\u001e4b",
                "bA",
                "bAQ=A",
                "bAQIDBA=",
                "b\u00e9\u00e9\u00e9\u00e9",
                "bAQ ID",
                "4a\u001e9"
            })
    void an_invalid_packet_is_refused(String body) {
        assertThatThrownBy(() -> decode(body)).isInstanceOf(PacketFormatException.class);
    }

    @Test
    void packets_before_an_invalid_one_count() {
        List<EnginePacket> packets = new ArrayList<>();
        byte[] body = "4a\u001e4b\u001e?\u001e4c".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Payload.decode(body, body.length, packets::add))
                .isInstanceOf(PacketFormatException.class);

        assertThat(packets).extracting(EnginePacket::text).containsExactly("4a", "4b");
    }

    @Test
    void a_receiver_that_has_enough_ends_the_decoding() {
        List<EnginePacket> packets = new ArrayList<>();
        byte[] body = "4a\u001e1\u001e?".getBytes(StandardCharsets.UTF_8);

        Payload.decode(body, body.length, packet -> packets.add(packet) && packet.type() != EnginePacket.Type.CLOSE);

        assertThat(packets).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "34ff",
                "34c328",
                "34eda080",
                "34eda0bdedb880",
                "34c0af",
                "34f0288cbc",
                "34f09f98",
                "ff",
                "3461801e3462"
            })
    void invalid_utf_8_is_refused_as_a_whole(String hex) {
        byte[] body = HexFormat.of().parseHex(hex);
        List<EnginePacket> packets = new ArrayList<>();

        assertThatThrownBy(() -> Payload.decode(body, body.length, packets::add))
                .isInstanceOf(PacketFormatException.class)
                .hasMessage("expected UTF-8");
        assertThat(packets).isEmpty();
    }

    @Test
    void replacement_characters_that_were_sent_arrive() {
        assertThat(decode("4\uFFFD\u001e4\u0000\uFFFF"))
                .extracting(EnginePacket::data)
                .containsExactly("\uFFFD", "\u0000\uFFFF");
    }

    @Test
    void only_as_much_of_the_body_counts_as_was_read() {
        List<EnginePacket> packets = new ArrayList<>();

        Payload.decode("4a\u001e4bXYZ".getBytes(StandardCharsets.UTF_8), 5, packets::add);

        assertThat(packets).extracting(EnginePacket::text).containsExactly("4a", "4b");
    }

    @Test
    void a_separator_outside_of_a_payload_is_content() {
        assertThat(EnginePacket.decode("4a\u001eb").data()).isEqualTo("a\u001eb");
    }

    @Test
    void a_hundred_thousand_packets_are_split() {
        assertThat(decode("4\u001e".repeat(99_999) + "4")).hasSize(100_000);
    }
}
