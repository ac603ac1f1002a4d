package io.portcullis.socketio.engine;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. One Engine.IO packet in the form in which it travels, so that a broadcast is encoded once for all who
 * receive it. Source: Engine.IO protocol 4, "Packet encoding".
 */
public final class EnginePacket {

    /** The types; the ordinal is the digit on the wire. */
    public enum Type {
        /** First packet of a session. */
        OPEN,
        /** The end of a session. */
        CLOSE,
        /** Heartbeat of the server. */
        PING,
        /** Its answer. */
        PONG,
        /** What the layer above sends. */
        MESSAGE,
        /** The client changes the transport. */
        UPGRADE,
        /** Releases a poll. */
        NOOP;

        private static final Type[] ALL = values();
    }

    static final EnginePacket CLOSE = text(Type.CLOSE, "");
    static final EnginePacket PING = text(Type.PING, "");
    static final EnginePacket NOOP = text(Type.NOOP, "");
    static final EnginePacket PROBE_ANSWER = text(Type.PONG, "probe");

    private final Type type;
    private final @Nullable String wire;
    private final byte @Nullable [] binary;
    private final boolean compress;

    /** Computed by the first polling receiver; the same for all, so a race does no harm. */
    private @Nullable String base64;

    private EnginePacket(Type type, @Nullable String wire, byte @Nullable [] binary, boolean compress) {
        this.type = type;
        this.wire = wire;
        this.binary = binary;
        this.compress = compress;
    }

    static EnginePacket text(Type type, String data) {
        return new EnginePacket(type, type.ordinal() + data, null, true);
    }

    /**
     * A text message.
     *
     * @param data its content
     * @return the packet
     */
    public static EnginePacket message(String data) {
        return message(data, true);
    }

    /**
     * A text message.
     *
     * @param data its content
     * @param compress whether the answer of a poll that carries it may be compressed
     * @return the packet
     */
    public static EnginePacket message(String data, boolean compress) {
        return new EnginePacket(Type.MESSAGE, "4".concat(data), null, compress);
    }

    /**
     * A binary message.
     *
     * @param data its content; must not change any more
     * @param compress whether the answer of a poll that carries it may be compressed
     * @return the packet
     */
    public static EnginePacket message(byte[] data, boolean compress) {
        return new EnginePacket(Type.MESSAGE, null, data, compress);
    }

    /**
     * Decodes a text as a WebSocket carries it, or an element of a payload.
     *
     * @param text the packet
     * @return the packet
     * @throws PacketFormatException if it is none
     */
    public static EnginePacket decode(String text) {
        if (text.isEmpty()) {
            throw new PacketFormatException("expected a packet, found nothing");
        }
        char first = text.charAt(0);
        if (first >= '0' && first <= '6') {
            return new EnginePacket(Type.ALL[first - '0'], text, null, true);
        }
        if (first == 'b') {
            return message(base64(text), true);
        }
        throw new PacketFormatException("expected a packet type from 0 to 6, or b");
    }

    /** The Java client breaks its base64 into lines; others may leave the padding out or use the alphabet of URLs. */
    private static byte[] base64(String text) {
        byte[] encoded = text.substring(1)
                .replace('-', '+')
                .replace('_', '/')
                .replace("\r", "")
                .replace("\n", "")
                .getBytes(StandardCharsets.ISO_8859_1);
        try {
            return Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new PacketFormatException("expected base64 after b");
        }
    }

    /**
     * The type.
     *
     * @return the type
     */
    public Type type() {
        return type;
    }

    /**
     * The content of a binary message.
     *
     * @return the content, not to be changed; null for every other packet
     */
    public byte @Nullable [] binary() {
        return binary;
    }

    /**
     * The packet as text: its type digit and its data.
     *
     * @return the text that a WebSocket carries; of a binary message the form for payloads
     */
    public String text() {
        return wire != null ? wire : base64();
    }

    /**
     * The data of a packet that is text.
     *
     * @return what follows the type digit
     */
    public String data() {
        return wire == null ? "" : wire.substring(1);
    }

    /**
     * Whether the answer of a poll that carries it may be compressed.
     *
     * @return true unless the sender said otherwise
     */
    public boolean mayCompress() {
        return compress;
    }

    /** What the packet costs in memory and on the wire, about: characters, or bytes. */
    int size() {
        return wire != null ? wire.length() : binary == null ? 0 : binary.length;
    }

    private String base64() {
        String encoded = base64;
        if (encoded == null) {
            encoded = "b" + (binary == null ? "" : Base64.getEncoder().encodeToString(binary));
            base64 = encoded;
        }
        return encoded;
    }
}
