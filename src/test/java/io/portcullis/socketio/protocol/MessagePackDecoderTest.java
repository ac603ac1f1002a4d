package io.portcullis.socketio.protocol;

import static io.portcullis.socketio.protocol.Decoding.LIMITS;
import static io.portcullis.socketio.protocol.Decoding.messagePack;
import static io.portcullis.socketio.protocol.Decoding.refusesMessagePack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagePackDecoderTest {

    /** type: 2, nsp: "/", data: follows; a map of three. */
    private static final String EVENT = "83 a474797065 02 a36e7370 a12f a464617461 ";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** An event named "e" whose only argument is the value. */
    private static byte[] event(String value) {
        return bytes(EVENT + "92 a165 " + value);
    }

    private static JsonArguments data(String value) {
        return ((Packet.Event) messagePack(event(value))).data();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "c0, null",
                "c2, false",
                "c3, true",
                "7f, 127",
                "ff, -1",
                "ccff, 255",
                "cdffff, 65535",
                "ceffffffff, 4294967295",
                "cfffffffffffffffff, 18446744073709551615",
                "d080, -128",
                "d38000000000000000, -9223372036854775808",
                "cb3ff8000000000000, 1.5",
                "ca3fc00000, 1.5",
                "cb4000000000000000, 2",
                "cb8000000000000000, 0",
                "cb7ff8000000000000, null",
                "cb7ff0000000000000, null",
                "cbfff0000000000000, null",
                "a0, \"\"",
                "a2c3a9, \"\u00e9\"",
                "d9020a22, \"\\n\\\"\"",
                "90, []",
                "80, {}",
                "81a16193c0c2c3, `{\"a\":[null,false,true]}`",
                "d40000, null",
                "d6ff00000000, \"1970-01-01T00:00:00Z\"",
                "d7ff0000000000000001, \"1970-01-01T00:00:01Z\"",
                "c70cff00000000ffffffffffffffff, \"1969-12-31T23:59:59Z\""
            })
    void reads_every_kind_of_value(String hex, String json) {
        assertThat(data(hex).text(1)).isEqualTo(json);
    }

    @Test
    void reads_binary_content_in_place() {
        JsonArguments data = data("81 a178 92 c403010203 c400");

        assertThat(data.text(1))
                .isEqualTo("{\"x\":[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]}");
        assertThat(data.attachments()).containsExactly(new byte[] {1, 2, 3}, new byte[0]);
    }

    @Test
    void reads_what_browsers_write_array_buffers_dates_and_undefined() {
        byte[] message = bytes(EVENT + "95 a165 c70300010203 c70000 d7000000018bcfe56800 d40000");

        JsonArguments data = ((Packet.Event) messagePack(message)).data();

        assertThat(data.attachment(1)).containsExactly(1, 2, 3);
        assertThat(data.attachment(2)).isEmpty();
        assertThat(data.string(3)).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(data.text(4)).isEqualTo("null");
    }

    @Test
    void reads_what_the_javascript_client_connects_with() {
        byte[] message =
                bytes("84 a474797065 00 a464617461 d40000 a36e7370 a12f a76f7074696f6e73 81 a8636f6d7072657373 c3");

        assertThat(messagePack(message)).isEqualTo(new Packet.Connect("/", null));
    }

    @Test
    void skips_keys_that_it_does_not_know() {
        byte[] message =
                bytes("84 a474797065 02 a76f7074696f6e73 81 a8636f6d7072657373 c3 a36e7370 a12f a464617461 91a165");

        assertThat(((Packet.Event) messagePack(message)).data().text()).isEqualTo("[\"e\"]");
    }

    @Test
    void takes_the_keys_in_any_order() {
        byte[] message = bytes("84 a464617461 91a165 a26964 05 a36e7370 a22f61 a474797065 02");

        Packet.Event event = (Packet.Event) messagePack(message);

        assertThat(event.namespace()).isEqualTo("/a");
        assertThat(event.id()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "c0", // no map
                "90", // no map
                "80", // empty
                "82 a474797065 02 a36e7370 a12f", // event without data
                "83 a474797065 05 a36e7370 a12f a464617461 91a165", // type 5
                "83 a474797065 ff a36e7370 a12f a464617461 91a165", // type -1
                "83 a474797065 a132 a36e7370 a12f a464617461 91a165", // type as a text
                "83 a474797065 cb4000000000000000 a36e7370 a12f a464617461 91a165", // type as a float
                "83 a474797065 ceffffffff a36e7370 a12f a464617461 91a165", // type beyond int
                "82 a474797065 02 a464617461 91a165", // no namespace
                "83 a474797065 02 a36e7370 c0 a464617461 91a165", // null namespace
                "83 a474797065 02 a36e7370 a0 a464617461 91a165", // empty namespace
                "83 a474797065 02 a36e7370 a161 a464617461 91a165", // namespace without slash
                EVENT + "c0", // data is null
                EVENT + "80", // data is a map
                EVENT + "a165", // data is a text
                EVENT + "c40165", // data is binary
                EVENT + "90", // no name
                EVENT + "91c0", // name is null
                EVENT + "91c3", // name is true
                EVENT + "9181a8746f537472696e67a178", // name is a map
                EVENT + "91c40165", // name is binary
                EVENT + "91a7636f6e6e656374", // reserved
                EVENT + "91aa646973636f6e6e656374", // reserved
                "84 a474797065 02 a36e7370 a12f a464617461 91a165 a26964 ff", // id -1
                "84 a474797065 02 a36e7370 a12f a464617461 91a165 a26964 cf0020000000000001", // id 2^53 + 1
                "84 a474797065 02 a36e7370 a12f a464617461 91a165 a26964 cfffffffffffffffff", // id 2^64 - 1
                "84 a474797065 02 a36e7370 a12f a464617461 91a165 a26964 a131", // id as a text
                "84 a474797065 02 a36e7370 a12f a464617461 91a165 a26964 cb3ff8000000000000", // id 1.5
                "83 a474797065 03 a36e7370 a12f a464617461 90", // acknowledgement without id
                "84 a474797065 03 a36e7370 a12f a464617461 80 a26964 01", // acknowledgement of a map
                "83 a474797065 00 a36e7370 a12f a464617461 90", // connect with an array
                "83 a474797065 00 a36e7370 a12f a464617461 a161", // connect with a text
                "83 a474797065 00 a36e7370 a12f a464617461 a17b", // connect with a text that is a brace
                "83 a474797065 00 a36e7370 a12f a464617461 01", // connect with a number
                "83 a474797065 00 a36e7370 a12f a464617461 81a161c40100", // connect with binary content
                "83 a474797065 01 a36e7370 a12f a464617461 80", // disconnect with data
                "83 a474797065 04 a36e7370 a12f a464617461 90", // error with an array
                "82 a474797065 04 a36e7370 a12f", // error without data
                "84 a474797065 02 a474797065 03 a36e7370 a12f a464617461 91a165", // type twice
                "83 a474797065 02 a36e7370 a12f 01 91a165" // integer key
            })
    void refuses_what_is_no_packet(String hex) {
        refusesMessagePack(bytes(hex));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "81 01 c0", // integer key
                "81 c0 c0", // null key
                "81 c40161 c0", // binary key
                "81 90 c0", // array key
                "82 a161 01 a161 02", // duplicate key
                "d40100", // fixext 1
                "d6fe00000000", // fixext 4
                "d5ff0000", // timestamp of two bytes
                "d80100000000000000000000000000000000", // fixext 16
                "c70001", // ext 8 of nothing
                "c70cff000000007fffffffffffffff", // timestamp beyond all years
                "c70cff000000008000000000000000", // timestamp before all years
                "c1", // never used
                "a2c328", // invalid UTF-8
                "a3eda080", // a lone surrogate in UTF-8
                "a1ff", // invalid UTF-8
                "81 a1ff 01" // invalid UTF-8 in a key
            })
    void refuses_values_that_json_cannot_say(String hex) {
        refusesMessagePack(event(hex));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dcffff", "ddffffffff", "dd7fffffff", "deffff", "dfffffffff", "df7fffffff", "d9ff", "daffff",
                "dbffffffff", "db7fffffff", "c4ff", "c5ffff", "c6ffffffff", "c67fffffff", "c7ffff", "c8ffffff",
                "c9ffffffffff", "c97fffffffff", "c9ffffffff00", "c97fffffff00"
            })
    void allocates_nothing_for_sizes_that_are_not_there(String head) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] value = event(head + "00".repeat(8));
        byte[] other = bytes("84 a474797065 02 a36e7370 a12f a464617461 91a165 a178 " + head + "0000");
        byte[] whole = bytes(head + "0000");
        refusesMessagePack(value);
        long before = threads.getCurrentThreadAllocatedBytes();

        for (int i = 0; i < 10; i++) {
            refusesMessagePack(value);
            refusesMessagePack(other);
            refusesMessagePack(whole);
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4_000_000);
    }

    @Test
    void refuses_a_packet_that_ends_anywhere_before_its_end() {
        byte[] whole = bytes(
                "84 a474797065 02 a36e7370 a22f61 a26964 cd0102 a464617461 "
                        + "98 a165 cb3ff8000000000000 c403010203 d9020a22 81a161dc000101 d6ff00000000 cfffffffffffffffff 81a16290");
        assertThat(messagePack(whole)).isInstanceOf(Packet.Event.class);

        for (int length = 0; length < whole.length; length++) {
            refusesMessagePack(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void refuses_what_follows_a_packet() {
        byte[] whole = event("01");

        refusesMessagePack(Arrays.copyOf(whole, whole.length + 1));
        refusesMessagePack(bytes(HexFormat.of().formatHex(whole).repeat(2)));
    }

    @Test
    void refuses_text() {
        assertThatThrownBy(() -> Parser.MESSAGE_PACK.decoder(LIMITS).decodeText("2[\"e\"]"))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void bounds_the_depth() {
        assertThat(data("91".repeat(198) + "90").size()).isEqualTo(2);
        refusesMessagePack(event("91".repeat(199) + "90"));
        refusesMessagePack(event("81a161".repeat(199) + "80"));
        refusesMessagePack(event("91".repeat(1_000_000)));
        refusesMessagePack(bytes("81 a178 " + "91".repeat(1_000_000)));
    }

    @Test
    void bounds_the_number_and_the_bytes_of_attachments() {
        PacketDecoder decoder = Parser.MESSAGE_PACK.decoder(new DecoderLimits(3, 10, 200, 100, false));
        String five = "c4050102030405";

        assertThat(decoder.decodeBinary(event("93 c400" + five + five))).isNotNull();
        for (String value : List.of("94 c400 c400 c400 c400", "92 c40101 c70a0001020304050607080900")) {
            assertThatThrownBy(() -> decoder.decodeBinary(event(value)))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessage("expected at most 3 attachments of at most 10 bytes");
        }
    }
}
