package io.portcullis.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

class ParsersTest {

    private static final DecoderLimits LIMITS = new DecoderLimits(1_000, 1_000_000, 40, 40, false);

    private static @Nullable Packet roundTrip(Parser parser, Packet packet) {
        EncodedPacket encoded = parser.encoder().encode(packet);
        PacketDecoder decoder = parser.decoder(LIMITS);
        Packet decoded = encoded.text() == null ? null : decoder.decodeText(encoded.text());
        for (byte[] attachment : encoded.attachments()) {
            decoded = decoder.decodeBinary(attachment);
        }
        return decoded;
    }

    @ParameterizedTest
    @EnumSource(Parser.class)
    void what_is_written_is_read_again(Parser parser) {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            JsonArguments data = arguments(random);
            Packet packet = random.nextBoolean()
                    ? new Packet.Event(random.nextBoolean() ? "/" : "/a/b", random.nextInt(3) - 1, data)
                    : new Packet.Ack("/x", random.nextInt(1_000), data);

            Packet read = roundTrip(parser, packet);

            JsonArguments back = read instanceof Packet.Event event ? event.data() : ((Packet.Ack) read).data();
            assertThat(read.getClass()).isEqualTo(packet.getClass());
            assertThat(read.namespace()).isEqualTo(packet.namespace());
            assertThat(back.text()).isEqualTo(data.text());
            assertThat(back.attachments()).hasSameSizeAs(data.attachments());
            for (int a = 0; a < back.attachments().size(); a++) {
                assertThat(back.attachments().get(a))
                        .isEqualTo(data.attachments().get(a));
            }
        }
    }

    private static JsonArguments arguments(Random random) {
        JsonArguments.Builder builder = JsonArguments.builder().addString("event" + random.nextInt(9));
        for (int i = random.nextInt(5); i > 0; i--) {
            List<byte[]> attachments = new ArrayList<>();
            String json = value(random, 4, attachments);
            if (attachments.isEmpty()) {
                builder.addJson(json);
            } else {
                builder.addJson(json, attachments);
            }
        }
        return builder.build();
    }

    private static String value(Random random, int depth, List<byte[]> attachments) {
        int kind = random.nextInt(depth == 0 ? 6 : 8);
        return switch (kind) {
            case 0 -> "null";
            case 1 -> String.valueOf(random.nextBoolean());
            case 2 -> String.valueOf(random.nextLong() >> random.nextInt(63));
            case 3 -> String.valueOf(random.nextInt(1_000) + 0.5);
            case 4 -> JsonArguments.builder().addString(string(random)).build().text(0);
            case 5 -> placeholder(random, attachments);
            case 6 -> list(random, depth, attachments);
            default -> object(random, depth, attachments);
        };
    }

    private static String string(Random random) {
        String alphabet = "ab\"\\/\n\t{}[],:é€😀_placeholder";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(alphabet.codePointAt(
                    alphabet.offsetByCodePoints(0, random.nextInt(alphabet.codePointCount(0, alphabet.length())))));
        }
        return text.toString();
    }

    private static String placeholder(Random random, List<byte[]> attachments) {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        attachments.add(bytes);
        return "{\"_placeholder\":true,\"num\":" + (attachments.size() - 1) + "}";
    }

    private static String list(Random random, int depth, List<byte[]> attachments) {
        List<String> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(value(random, depth - 1, attachments));
        }
        return "[" + String.join(",", items) + "]";
    }

    private static String object(Random random, int depth, List<byte[]> attachments) {
        List<String> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add("\"k" + i + "\":" + value(random, depth - 1, attachments));
        }
        return "{" + String.join(",", items) + "}";
    }

    @Test
    void packets_are_written_as_the_protocol_shows_them() {
        PacketEncoder encoder = Parser.JSON.encoder();
        JsonArguments news = JsonArguments.builder().addString("news").build();
        JsonArguments file = JsonArguments.builder()
                .addString("file")
                .addBinary(new byte[] {1})
                .addJson("{\"x\":{\"_placeholder\":true,\"num\":0}}", List.of(new byte[] {2}))
                .build();

        assertThat(encoder.encode(new Packet.Connect("/", "{\"sid\":\"x\"}")).text())
                .isEqualTo("0{\"sid\":\"x\"}");
        assertThat(encoder.encode(new Packet.Connect("/chat", null)).text()).isEqualTo("0/chat,");
        assertThat(encoder.encode(new Packet.Disconnect("/")).text()).isEqualTo("1");
        assertThat(encoder.encode(new Packet.Disconnect("/chat")).text()).isEqualTo("1/chat,");
        assertThat(encoder.encode(new Packet.ConnectError("/chat", "{\"message\":\"no\"}"))
                        .text())
                .isEqualTo("4/chat,{\"message\":\"no\"}");
        assertThat(encoder.encode(new Packet.Event("/", Packet.NO_ID, news)).text())
                .isEqualTo("2[\"news\"]");
        assertThat(encoder.encode(new Packet.Event("/chat", 17, news)).text()).isEqualTo("2/chat,17[\"news\"]");
        assertThat(encoder.encode(new Packet.Ack("/chat", 0, JsonArguments.EMPTY))
                        .text())
                .isEqualTo("3/chat,0[]");

        EncodedPacket binary = encoder.encode(new Packet.Event("/chat", 8, file));
        assertThat(binary.text())
                .isEqualTo("52-/chat,8[\"file\",{\"_placeholder\":true,\"num\":0},"
                        + "{\"x\":{\"_placeholder\":true,\"num\":1}}]");
        assertThat(binary.attachments()).containsExactly(new byte[] {1}, new byte[] {2});
        assertThat(encoder.encode(new Packet.Ack("/", 8, file)).text()).startsWith("62-8[");
    }

    @Test
    void message_pack_is_written_with_integers_in_their_shortest_form() {
        JsonArguments data = JsonArguments.builder()
                .addString("x")
                .addNumber(1)
                .addJson("1.5")
                .addJson("1e3")
                .addBinary(new byte[] {9})
                .build();

        byte[] bytes = Parser.MESSAGE_PACK
                .encoder()
                .encode(new Packet.Event("/", Packet.NO_ID, data))
                .attachments()
                .get(0);

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("83" + "a474797065" + "02" + "a36e7370" + "a12f" + "a464617461" + "95" + "a178" + "01"
                        + "cb3ff8000000000000" + "cb408f400000000000" + "c40109");
    }

    @Test
    void message_pack_of_the_javascript_client_is_read() {
        String connect = "84a47479706500a464617461d40000a36e7370a12fa76f7074696f6e7381a8636f6d7072657373c3";

        assertThat(decode(HexFormat.of().parseHex(connect))).isEqualTo(new Packet.Connect("/", null));
    }

    @Test
    void message_pack_of_browsers_has_array_buffers_dates_and_undefined() {
        String packet =
                "83a47479706502a36e7370a12fa464617461" + "94a178" + "c70300010203" + "d7000000018bcfe56800" + "d40000";

        JsonArguments data = ((Packet.Event) decode(HexFormat.of().parseHex(packet))).data();

        assertThat(data.attachment(1)).containsExactly(1, 2, 3);
        assertThat(data.string(2)).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(data.text(3)).isEqualTo("null");
    }

    private static Packet decode(byte[] message) {
        return Parser.MESSAGE_PACK.decoder(LIMITS).decodeBinary(message);
    }

    @Test
    void message_pack_that_is_cut_off_anywhere_or_too_long_is_refused() {
        JsonArguments data = JsonArguments.builder()
                .addString("x")
                .addJson("{\"a\":[1,\"two\",3.5,null]}")
                .addBinary(new byte[] {1, 2, 3})
                .build();
        byte[] whole = Parser.MESSAGE_PACK
                .encoder()
                .encode(new Packet.Event("/chat", 7, data))
                .attachments()
                .get(0);

        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> decode(part)).isInstanceOf(ProtocolException.class);
        }
        assertThatThrownBy(() -> decode(Arrays.copyOf(whole, whole.length + 1))).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ddffffffff", // array of 2^32-1
                "dbffffffff", // text of 2^32-1
                "c6ffffffff", // binary of 2^32-1
                "dfffffffff", // map of 2^32-1
                "dc7fff",
                "d6fe00000000", // an extension that is no timestamp
                "c9ffffffff05",
                "810102", // a key that is a number
                "82a16101a16102", // a key twice
                "c1"
            })
    void message_pack_that_promises_too_much_or_is_odd_is_refused(String data) {
        String packet = "83a47479706502a36e7370a12fa464617461" + "92a178" + data;

        assertThatThrownBy(() -> decode(HexFormat.of().parseHex(packet))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void message_pack_is_checked_like_text() throws IOException {
        assertThatThrownBy(() -> decode(packed(5, "/", true))).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> decode(packed(-1, "/", true))).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> decode(packed(2, "chat", true))).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> decode(packed(2, "/", false))).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> decode(packed(1, "/", true))).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> decode(packed(0, "/", true))).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> decode(packed(3, "/", true))).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> Parser.MESSAGE_PACK.decoder(LIMITS).decodeText("2[\"a\"]"))
                .isInstanceOf(ProtocolException.class);
        assertThat(decode(packed(2, "/", true))).isInstanceOf(Packet.Event.class);
    }

    private static byte[] packed(int type, String namespace, boolean array) throws IOException {
        try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
            out.packMapHeader(3);
            out.packString("type").packInt(type);
            out.packString("nsp").packString(namespace);
            out.packString("data");
            if (array) {
                out.packArrayHeader(1);
            }
            out.packString("event");
            return out.toByteArray();
        }
    }
}
