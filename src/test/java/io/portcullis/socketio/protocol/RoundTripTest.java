package io.portcullis.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTest {

    private static final int VALUES = 5_000;
    private static final DecoderLimits LIMITS = new DecoderLimits(10_000, 10_000_000, 200, 100, false);

    @ParameterizedTest
    @EnumSource(Parser.class)
    void random_values_arrive_as_they_were_sent(Parser parser) {
        Random random = new Random(20_26);
        for (int i = 0; i < VALUES; i++) {
            Packet sent = randomPacket(random, i);

            Packet arrived = roundTrip(parser, sent);

            assertThat(arrived).hasSameClassAs(sent);
            assertThat(arrived.namespace()).isEqualTo(sent.namespace());
            assertThat(data(arrived).text()).isEqualTo(data(sent).text());
            assertThat(data(arrived).attachments())
                    .containsExactlyElementsOf(data(sent).attachments());
            assertThat(data(arrived).size()).isEqualTo(data(sent).size());
        }
    }

    private static Packet randomPacket(Random random, int id) {
        RandomJson json = new RandomJson(random);
        String value = json.value(5);
        JsonArguments.Builder builder = JsonArguments.builder();
        boolean event = random.nextBoolean();
        if (event) {
            builder.addString("e");
        }
        builder.addJson(value, json.attachments).addNumber(random.nextInt());
        String namespace = random.nextBoolean() ? "/" : "/chat";
        return event
                ? new Packet.Event(namespace, id % 3 == 0 ? Packet.NO_ID : id, builder.build())
                : new Packet.Ack(namespace, id, builder.build());
    }

    private static Packet roundTrip(Parser parser, Packet packet) {
        PacketDecoder decoder = parser.decoder(LIMITS);
        EncodedPacket encoded = parser.encoder().encode(packet);
        Packet arrived = encoded.text() == null ? null : decoder.decodeText(encoded.text());
        for (byte[] attachment : encoded.attachments()) {
            assertThat(arrived).isNull();
            arrived = decoder.decodeBinary(attachment);
        }
        assertThat(arrived).isNotNull();
        return arrived;
    }

    private static JsonArguments data(Packet packet) {
        return packet instanceof Packet.Event event ? event.data() : ((Packet.Ack) packet).data();
    }

    @Test
    void damaged_text_is_refused_or_valid_json() {
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < VALUES; i++) {
            String text = Parser.JSON.encoder().encode(randomPacket(random, i)).text();
            String damaged = damaged(random, text);
            try {
                Parser.JSON.decoder(LIMITS).decodeText(damaged);
                if (damaged.startsWith("2[")) {
                    assertValid(damaged.substring(1));
                }
            } catch (ProtocolException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(VALUES / 4, VALUES);
    }

    private static String damaged(Random random, String text) {
        StringBuilder damaged = new StringBuilder(text);
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
            case 0 -> damaged.deleteCharAt(at);
            case 1 -> damaged.insert(at, "[]{}\",:\\0-e.u \u0000".charAt(random.nextInt(15)));
            default -> damaged.setLength(at);
        }
        return damaged.toString();
    }

    private static void assertValid(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            reader.readArray();
        } catch (JsonException e) {
            throw new AssertionError("accepted: " + json, e);
        }
    }

    @Test
    void damaged_messagepack_is_refused_or_valid_json() {
        Random random = new Random(8);
        int refused = 0;
        for (int i = 0; i < 4 * VALUES; i++) {
            byte[] message = Parser.MESSAGE_PACK
                    .encoder()
                    .encode(randomPacket(random, i))
                    .attachments()
                    .get(0);
            message[random.nextInt(message.length)] = (byte) random.nextInt(256);
            try {
                Packet packet = Parser.MESSAGE_PACK.decoder(LIMITS).decodeBinary(message);
                if (packet instanceof Packet.Event || packet instanceof Packet.Ack) {
                    assertValid(data(packet).text());
                }
            } catch (ProtocolException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(VALUES / 4);
    }

    @ParameterizedTest
    @EnumSource(Parser.class)
    void packets_without_arguments_arrive_as_they_were_sent(Parser parser) {
        List<Packet> packets = List.of(
                new Packet.Connect("/", null),
                new Packet.Connect("/chat", "{\"token\":\"\u00e9\",\"n\":[1,-2.5,null]}"),
                new Packet.Disconnect("/"),
                new Packet.Disconnect("/chat"),
                new Packet.ConnectError("/chat", "{\"message\":\"no\",\"data\":{\"code\":7}}"),
                new Packet.ConnectError("/", "\"no\""));

        for (Packet packet : packets) {
            assertThat(roundTrip(parser, packet)).isEqualTo(packet);
        }
    }

    @Test
    void text_survives_utf_8() {
        EncodedPacket encoded = Parser.JSON
                .encoder()
                .encode(new Packet.Event(
                        "/",
                        Packet.NO_ID,
                        JsonArguments.builder().addString("\ud800\uD83D\uDE00").build()));

        String text = encoded.text();

        assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }
}
