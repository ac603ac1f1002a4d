package io.portcullis.socketio.engine;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/** Pure functions for several packets in one HTTP body. Source: Engine.IO protocol 4, "HTTP long-polling". */
public final class Payload {

    private static final char SEPARATOR = 0x1e;

    private Payload() {}

    /**
     * Joins packets to a body.
     *
     * @param packets at least one
     * @return UTF-8
     */
    public static byte[] encode(List<EnginePacket> packets) {
        if (packets.size() == 1) {
            return packets.get(0).text().getBytes(StandardCharsets.UTF_8);
        }
        int size = packets.size();
        for (EnginePacket packet : packets) {
            size += packet.text().length();
        }
        StringBuilder body = new StringBuilder(size);
        for (EnginePacket packet : packets) {
            if (!body.isEmpty()) {
                body.append(SEPARATOR);
            }
            body.append(packet.text());
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Splits a body into packets and hands them on one by one. "Decoding: split at the separator; stop at the first
     * invalid packet (earlier ones count)."
     *
     * @param body UTF-8
     * @param length how many bytes of it count
     * @param receiver takes a packet; false ends the decoding
     * @throws PacketFormatException at the first invalid packet, or for invalid UTF-8
     */
    public static void decode(byte[] body, int length, Predicate<EnginePacket> receiver) {
        String text = text(body, length);
        int start = 0;
        boolean goOn = true;
        while (goOn) {
            int end = text.indexOf(SEPARATOR, start);
            String packet = end < 0 ? text.substring(start) : text.substring(start, end);
            goOn = receiver.test(EnginePacket.decode(packet)) && end >= 0;
            start = end + 1;
        }
    }

    /** Refuses what is no UTF-8 instead of replacing it: data must arrive as it was sent, or not at all. */
    private static String text(byte[] body, int length) {
        String text = new String(body, 0, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body, 0, length));
            } catch (CharacterCodingException e) {
                throw new PacketFormatException("expected UTF-8");
            }
        }
        return text;
    }
}
