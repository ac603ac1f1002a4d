package io.portcullis.socketio.protocol;

import static io.portcullis.socketio.protocol.Decoding.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextEncoderTest {

    private final PacketEncoder encoder = Parser.JSON.encoder();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0{}",
                "0{\"token\":\"x\"}",
                "0/chat,",
                "0/chat,{\"sid\":\"wZX\"}",
                "0/a?x=1,{\"a\":[1,2.5e-7]}",
                "1",
                "1/chat,",
                "2[\"news\",{\"a\":1}]",
                "2/chat,[\"news\"]",
                "2/chat,17[\"save\",true]",
                "20[\"a\"]",
                "29007199254740992[\"a\"]",
                "2[1]",
                "2[-1.5E+3,null]",
                "2[\"error\"]",
                "2[\"\"]",
                "2[\"a\",\"\u00e9\u20ac\uD83D\uDE00\u2028\u007f\"]",
                "2[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"]",
                "2[\"a\",[],{},[[]],[{}],{\"\":[]},true,false,null,0,-0,1e400]",
                "2[\"a\",{\"_placeholder\":true,\"num\":0}]",
                "31[]",
                "3/chat,17[\"ok\"]",
                "4{\"message\":\"x\"}",
                "4/chat,{\"message\":\"no\",\"data\":{\"code\":7}}",
                "4/chat,\"no\""
            })
    void writes_what_was_read(String message) {
        assertThat(encoder.encode(text(message)).text()).isEqualTo(message);
        assertThat(encoder.encode(text(message)).attachments()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0/chat | 0/chat,",
                "1/chat | 1/chat,",
                "0/,{} | 0{}",
                "2/,[\"a\"] | 2[\"a\"]",
                "2007[\"a\"] | 27[\"a\"]",
                "2[ \"a\" , { \"b\" : [ 1 , 2 ] } ] | 2[ \"a\" , { \"b\" : [ 1 , 2 ] } ]"
            })
    void writes_the_usual_form_of_what_was_read(String message, String usual) {
        assertThat(encoder.encode(text(message)).text()).isEqualTo(usual);
    }

    @Test
    void writes_binary_events_and_acknowledgements() {
        JsonArguments data = JsonArguments.builder()
                .addString("file")
                .addBinary(new byte[] {1, 2})
                .addJson("{\"x\":{\"_placeholder\":true,\"num\":0}}", java.util.List.of(new byte[] {3}))
                .build();

        EncodedPacket event = encoder.encode(new Packet.Event("/chat", 8, data));
        EncodedPacket ack = encoder.encode(new Packet.Ack("/", 7, data));

        String array = "[\"file\",{\"_placeholder\":true,\"num\":0},{\"x\":{\"_placeholder\":true,\"num\":1}}]";
        assertThat(event.text()).isEqualTo("52-/chat,8" + array);
        assertThat(ack.text()).isEqualTo("62-7" + array);
        assertThat(event.attachments()).containsExactly(new byte[] {1, 2}, new byte[] {3});
        assertThat(ack.attachments()).containsExactly(new byte[] {1, 2}, new byte[] {3});
    }
}
