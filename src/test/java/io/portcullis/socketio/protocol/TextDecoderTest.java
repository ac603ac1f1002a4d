package io.portcullis.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecoderTest {

    private static final DecoderLimits LIMITS = new DecoderLimits(10, 1_000, 20, 30, false);

    private final PacketDecoder decoder = Parser.JSON.decoder(LIMITS);

    static Stream<String> invalid() {
        return Stream.of(
                // types
                "",
                "7",
                "9",
                "x",
                "-1",
                "[]",
                "/",
                " 2[\"a\"]",
                // attachments
                "5",
                "5-",
                "50-[\"a\"]",
                "511-[\"a\"]",
                "5999999999-[\"a\"]",
                "59999999999999999999-[\"a\"]",
                "5-1-[\"a\"]",
                "5x-[\"a\"]",
                "5[\"a\"]",
                "51[\"a\"]",
                "6-1[]",
                "60-1[]",
                "5 1-[\"a\"]",
                "5+1-[\"a\"]",
                // names of events
                "2",
                "2[]",
                "2{}",
                "2null",
                "2[null]",
                "2[{\"toString\":\"x\"}]",
                "2[[\"a\"]]",
                "2[true]",
                "2\"a\"",
                "2[\"connect\"]",
                "2[\"connect_error\"]",
                "2[\"disconnect\"]",
                "2[\"disconnecting\"]",
                "2[\"newListener\"]",
                "2[\"removeListener\"]",
                "2[\"\\u0063onnect\"]",
                "2/chat",
                "2/chat,",
                "2/chat,1",
                // shapes of the others
                "0[]",
                "0\"x\"",
                "0[\"x\"]",
                "01",
                "0null",
                "0true",
                "0/a,[]",
                "0{",
                "1{}",
                "1[]",
                "1x",
                "1/a,{}",
                "15",
                "3[]",
                "3",
                "31",
                "31{}",
                "31\"x\"",
                "3/a,[]",
                "0/a,5{}",
                "1/a,5",
                // acknowledgement ids
                "29007199254740993[\"a\"]",
                "299999999999999999999999999[\"a\"]",
                // JSON
                "2[\"a\"",
                "2[\"a\",]",
                "2[,\"a\"]",
                "2[\"a\"]]",
                "2[\"a\"]x",
                "2[\"a\" \"b\"]",
                "2[\"a\",01]",
                "2[\"a\",-]",
                "2[\"a\",1.]",
                "2[\"a\",.5]",
                "2[\"a\",1e]",
                "2[\"a\",+1]",
                "2[\"a\",NaN]",
                "2[\"a\",Infinity]",
                "2[\"a\",nul]",
                "2[\"a\",tru]",
                "2[\"a\",'b']",
                "2[\"a\",\"\\x\"]",
                "2[\"a\",\"\\u12g4\"]",
                "2[\"a\",\"\\u12\"]",
                "2[\"a\",\"\n\"]",
                "2[\"a\",\"\u0000\"]",
                "2[\"a\",\"b]",
                "2[\"a\",{]",
                "2[\"a\",{\"b\"}]",
                "2[\"a\",{\"b\":}]",
                "2[\"a\",{b:1}]",
                "2[\"a\",{\"b\":1,}]",
                "2[\"a\",{\"b\":1 \"c\":2}]",
                "2[\"a\",undefined]",
                "2[\"a\",/**/1]",
                "2[\"a\",\u00a01]",
                // keys that come twice
                "2[\"a\",{\"role\":\"user\",\"role\":\"admin\"}]",
                "2[\"a\",{\"a\":1,\"\\u0061\":2}]",
                "0{\"token\":1,\"token\":2}",
                "2[\"a\",[{\"x\":{\"y\":1,\"z\":2,\"y\":3}}]]");
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void an_invalid_packet_is_refused(String text) {
        assertThatThrownBy(() -> decoder.decodeText(text)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_placeholder\":true}",
                "{\"_placeholder\":true,\"num\":-1}",
                "{\"_placeholder\":true,\"num\":1}",
                "{\"_placeholder\":true,\"num\":0.5}",
                "{\"_placeholder\":true,\"num\":\"0\"}",
                "{\"_placeholder\":true,\"num\":1e400}",
                "{\"_placeholder\":true,\"num\":4294967296}",
                "{\"_placeholder\":true,\"num\":null}",
                "{\"\\u005fplaceholder\":true,\"num\":7}",
                "[{\"x\":{\"_placeholder\":true,\"num\":2}}]"
            })
    void a_placeholder_without_its_attachment_is_refused(String placeholder) {
        assertThatThrownBy(() -> decoder.decodeText("51-[\"a\"," + placeholder + "]"))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void a_placeholder_that_is_not_exactly_true_is_plain_data() {
        decoder.decodeText("51-[\"a\",{\"_placeholder\":\"true\",\"num\":9},{\"_placeholder\":false}]");

        Packet packet = decoder.decodeBinary(new byte[] {1});

        assertThat(((Packet.Event) packet).data().isPlaceholder(1)).isFalse();
    }

    @Test
    void text_between_attachments_and_binary_without_a_packet_are_refused() {
        assertThatThrownBy(() -> decoder.decodeBinary(new byte[1])).isInstanceOf(ProtocolException.class);

        PacketDecoder other = Parser.JSON.decoder(LIMITS);
        other.decodeText("52-[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        other.decodeBinary(new byte[1]);
        assertThat(other.isIncomplete()).isTrue();
        assertThatThrownBy(() -> other.decodeText("2[\"a\"]")).isInstanceOf(ProtocolException.class);
    }

    @Test
    void the_bytes_of_all_attachments_are_bounded() {
        decoder.decodeText("52-[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        decoder.decodeBinary(new byte[600]);

        assertThatThrownBy(() -> decoder.decodeBinary(new byte[401])).isInstanceOf(ProtocolException.class);
    }

    @Test
    void depth_and_digits_are_bounded() {
        String deep = "[".repeat(19) + "]".repeat(19);
        assertThat(decoder.decodeText("2[\"a\"," + deep + "]")).isNotNull();
        assertThatThrownBy(() -> decoder.decodeText("2[\"a\",[" + deep + "]]")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> decoder.decodeText("2[\"a\"," + "[".repeat(100_000)))
                .isInstanceOf(ProtocolException.class);

        assertThat(decoder.decodeText("2[\"a\"," + "1".repeat(30) + "]")).isNotNull();
        for (String number : new String[] {"1".repeat(31), "0." + "1".repeat(29), "1e" + "1".repeat(29)}) {
            assertThatThrownBy(() -> decoder.decodeText("2[\"a\"," + number + "]"))
                    .isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void a_duplicate_is_found_in_a_large_object_and_allowed_where_it_is_configured() {
        StringBuilder object = new StringBuilder("{");
        for (int i = 0; i < 1_000; i++) {
            object.append("\"k").append(i).append("\":0,");
        }
        String once = "2[\"a\"," + object + "\"last\":0}]";
        String twice = "2[\"a\"," + object + "\"k500\":0}]";
        PacketDecoder lenient = Parser.JSON.decoder(new DecoderLimits(10, 1_000, 20, 30, true));

        assertThat(decoder.decodeText(once)).isNotNull();
        assertThatThrownBy(() -> decoder.decodeText(twice)).isInstanceOf(ProtocolException.class);
        assertThat(lenient.decodeText(twice)).isNotNull();
        assertThat(decoder.decodeText("2[\"a\",{\"x\":{\"k\":1},\"y\":{\"k\":1},\"k\":[{\"k\":1},{\"k\":2}]}]"))
                .isNotNull();
    }

    @Test
    void every_type_is_read() {
        assertThat(decoder.decodeText("0")).isEqualTo(new Packet.Connect("/", null));
        assertThat(decoder.decodeText("0/chat")).isEqualTo(new Packet.Connect("/chat", null));
        assertThat(decoder.decodeText("0/chat,")).isEqualTo(new Packet.Connect("/chat", null));
        assertThat(decoder.decodeText("0/chat,{\"token\":\"x\"}"))
                .isEqualTo(new Packet.Connect("/chat", "{\"token\":\"x\"}"));
        assertThat(decoder.decodeText("0/chat?x=1,")).isEqualTo(new Packet.Connect("/chat?x=1", null));
        assertThat(decoder.decodeText("1")).isEqualTo(new Packet.Disconnect("/"));
        assertThat(decoder.decodeText("1/chat,")).isEqualTo(new Packet.Disconnect("/chat"));
        assertThat(decoder.decodeText("4{\"message\":\"x\"}"))
                .isEqualTo(new Packet.ConnectError("/", "{\"message\":\"x\"}"));
    }

    @Test
    void events_and_acknowledgements_are_read_with_their_ids() {
        Packet.Event event = (Packet.Event) decoder.decodeText("2/chat,0017[\"say\", 1 ,{\"a\":[true,null]},\"é\\n\"]");
        Packet.Ack ack = (Packet.Ack) decoder.decodeText("39007199254740992[]");

        assertThat(event.namespace()).isEqualTo("/chat");
        assertThat(event.id()).isEqualTo(17);
        assertThat(event.data().size()).isEqualTo(4);
        assertThat(event.data().string(0)).isEqualTo("say");
        assertThat(event.data().text(1).strip()).isEqualTo("1");
        assertThat(event.data().text(2)).isEqualTo("{\"a\":[true,null]}");
        assertThat(event.data().string(3)).isEqualTo("é\n");
        assertThat(event.data().string(2)).isNull();
        assertThat(ack.id()).isEqualTo(1L << 53);
        assertThat(ack.data().size()).isZero();
    }

    @Test
    void an_event_may_be_named_by_a_number_and_by_names_that_are_not_reserved() {
        assertThat(((Packet.Event) decoder.decodeText("2[12,\"x\"]")).data().text(0))
                .isEqualTo("12");
        assertThat(((Packet.Event) decoder.decodeText("2[\"error\"]")).data().string(0))
                .isEqualTo("error");
        assertThat(((Packet.Event) decoder.decodeText("2[\"\"]")).data().string(0))
                .isEmpty();
    }

    @Test
    void attachments_may_be_used_twice_in_any_order_or_not_at_all() {
        decoder.decodeText("53-1[\"a\",{\"_placeholder\":true,\"num\":2},"
                + "{\"x\":[{\"_placeholder\":true,\"num\":0},{\"num\":2,\"_placeholder\":true}]}]");
        decoder.decodeBinary(new byte[] {0});
        decoder.decodeBinary(new byte[] {1});
        Packet.Event event = (Packet.Event) decoder.decodeBinary(new byte[] {2});

        assertThat(event.id()).isEqualTo(1);
        assertThat(event.data().isPlaceholder(1)).isTrue();
        assertThat(event.data().attachment(1)).containsExactly(2);
        JsonArguments spliced =
                JsonArguments.builder().addAll(event.data(), 1, 3).build();
        assertThat(spliced.text())
                .isEqualTo("[{\"_placeholder\":true,\"num\":0},"
                        + "{\"x\":[{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":0}]}]");
        assertThat(spliced.attachments()).containsExactly(new byte[] {2}, new byte[] {0});
    }

    @Test
    void a_lone_surrogate_survives_as_it_was_written() {
        Packet.Event event = (Packet.Event) decoder.decodeText("2[\"a\",\"\\ud83d\"]");

        assertThat(event.data().text(1)).isEqualTo("\"\\ud83d\"");
        assertThat(event.data().string(1)).isEqualTo("\ud83d");
    }
}
