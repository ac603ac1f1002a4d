package io.portcullis.socketio.protocol;

import static io.portcullis.socketio.protocol.Decoding.refusesText;
import static io.portcullis.socketio.protocol.Decoding.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecoderTest {

    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

    @Test
    void every_type_is_read() {
        assertThat(text("0")).isEqualTo(new Packet.Connect("/", null));
        assertThat(text("0/chat")).isEqualTo(new Packet.Connect("/chat", null));
        assertThat(text("0/chat,")).isEqualTo(new Packet.Connect("/chat", null));
        assertThat(text("0/chat,{\"token\":\"x\"}")).isEqualTo(new Packet.Connect("/chat", "{\"token\":\"x\"}"));
        assertThat(text("1")).isEqualTo(new Packet.Disconnect("/"));
        assertThat(text("1/chat,")).isEqualTo(new Packet.Disconnect("/chat"));
        assertThat(text("4{\"message\":\"x\"}")).isEqualTo(new Packet.ConnectError("/", "{\"message\":\"x\"}"));
    }

    @Test
    void events_and_acknowledgements_are_read_with_their_ids() {
        Packet.Event event = (Packet.Event) text("2/chat,0017[\"say\", 1 ,{\"a\":[true,null]},\"é\\n\"]");
        Packet.Ack ack = (Packet.Ack) text("39007199254740992[]");

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

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "7", "9[\"a\"]", "a", "-", "/", "[\"a\"]", "\u0662[\"a\"]", "\u00002[\"a\"]"})
    void refuses_unknown_types(String message) {
        refusesText(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2[]",
                "2{}",
                "2null",
                "2\"a\"",
                "2true",
                "21",
                "2",
                "2[null]",
                "2[true]",
                "2[false]",
                "2[[]]",
                "2[[\"a\"]]",
                "2[{}]",
                "2[{\"toString\":\"x\"}]",
                "2[{\"length\":1}]",
                "2/chat",
                "2/chat,",
                "2/chat,1",
                "51-[]",
                "51-[" + PLACEHOLDER + "]",
                "51-{\"a\":" + PLACEHOLDER + "}"
            })
    void refuses_events_without_a_name(String message) {
        refusesText(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect",
                "connect_error",
                "disconnect",
                "disconnecting",
                "newListener",
                "removeListener",
                "\\u0063onnect",
                "dis\\u0063onnect",
                "new\\u004cistener"
            })
    void refuses_reserved_names(String name) {
        refusesText("2[\"" + name + "\"]");
        refusesText("2/chat,7[\"" + name + "\",1]");
        refusesText("51-[\"" + name + "\"," + PLACEHOLDER + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "Connect", "connect ", "", "message", "constructor", "__proto__", "toString"})
    void takes_every_other_name(String name) {
        Packet.Event event = (Packet.Event) text("2[\"" + name + "\"]");

        assertThat(event.data().string(0)).isEqualTo(name);
    }

    @Test
    void takes_a_number_for_a_name() {
        assertThat(((Packet.Event) text("2[12,\"x\"]")).data().text(0)).isEqualTo("12");
        assertThat(((Packet.Event) text("2[-1]")).data().text(0)).isEqualTo("-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2[\"a\"]x",
                "2[\"a\"]]",
                "2[\"a\"][\"b\"]",
                "2[\"a\"],",
                "2[\"a\"]\u0000",
                "2[\"a\"]\u001e",
                "0{}{}",
                "0{}x",
                "0{} 1",
                "31[]1",
                "51-[\"a\"," + PLACEHOLDER + "]x"
            })
    void refuses_what_follows_a_packet(String message) {
        refusesText(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0[]",
                "0[\"a\"]",
                "0\"a\"",
                "01",
                "01{}",
                "0null",
                "0true",
                "0/chat,[]",
                "0/chat,\"a\"",
                "0/chat,5",
                "0/chat,5{}",
                "0/chat,null",
                "0 ",
                "0{",
                "0/chat,{\"a\":1,\"a\":2}"
            })
    void refuses_connects_with_anything_but_an_object(String message) {
        refusesText(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1{}", "1[]", "1null", "1\"a\"", "11", "1 ", "1x", "1/chat,1", "1/chat,[]", "1/chat,{}"})
    void refuses_disconnects_with_anything(String message) {
        refusesText(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3",
                "3[]",
                "31",
                "31{}",
                "31null",
                "31\"a\"",
                "3/chat,[]",
                "3/chat,1",
                "61-[" + PLACEHOLDER + "]"
            })
    void refuses_acknowledgements_without_an_id_or_an_array(String message) {
        refusesText(message);
    }

    @Test
    void bounds_ids_by_2_to_the_53() {
        assertThat(((Packet.Event) text("29007199254740992[\"e\"]")).id()).isEqualTo(9_007_199_254_740_992L);
        assertThat(((Packet.Event) text("2" + "0".repeat(1_000) + "7[\"e\"]")).id())
                .isEqualTo(7);
        refusesText("29007199254740993[\"e\"]");
        refusesText("218446744073709551616[\"e\"]");
        refusesText("218446744073709551617[\"e\"]");
        refusesText("2" + "9".repeat(1_000_000) + "[\"e\"]");
        refusesText("2-1[\"e\"]");
        refusesText("21.5[\"e\"]");
    }

    @Test
    void takes_the_query_for_a_part_of_the_namespace() {
        assertThat(text("0/a?token=t,{}")).isEqualTo(new Packet.Connect("/a?token=t", "{}"));
        assertThat(text("0/a?token=t")).isEqualTo(new Packet.Connect("/a?token=t", null));
        assertThat(text("0//")).isEqualTo(new Packet.Connect("//", null));
        assertThat(text("0/../x,")).isEqualTo(new Packet.Connect("/../x", null));
    }

    @Test
    void a_namespace_without_a_comma_goes_to_the_end() {
        assertThat(text("0/chat")).isEqualTo(new Packet.Connect("/chat", null));
        assertThat(text("1/chat")).isEqualTo(new Packet.Disconnect("/chat"));
        refusesText("2/chat[\"a\"]");
        refusesText("2/chat[\"a\",1]");
    }
}
