package io.portcullis.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
}
