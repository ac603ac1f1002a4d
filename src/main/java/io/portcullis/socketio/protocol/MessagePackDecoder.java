package io.portcullis.socketio.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueType;

/**
 * Confined to its session. Reads packets that are MessagePack: one binary message each. What it says is checked against
 * what is really there before anything is allocated for it. Source: socket.io-msgpack-parser 3.
 */
final class MessagePackDecoder implements PacketDecoder {

    private static final long MAX_ID = 1L << 53;

    /** Refuses what is no text instead of replacing it: data must arrive as it was sent, or not at all. */
    private static final MessagePack.UnpackerConfig STRICT = new MessagePack.UnpackerConfig()
            .withAllowReadingBinaryAsString(false)
            .withActionOnMalformedString(CodingErrorAction.REPORT)
            .withActionOnUnmappableString(CodingErrorAction.REPORT);

    private final DecoderLimits limits;

    MessagePackDecoder(DecoderLimits limits) {
        this.limits = limits;
    }

    @Override
    public boolean isIncomplete() {
        return false;
    }

    @Override
    public @Nullable Packet decodeText(String message) {
        throw new ProtocolException("expected MessagePack");
    }

    @Override
    public Packet decodeBinary(byte[] message) {
        try (MessageUnpacker in = STRICT.newUnpacker(message)) {
            Packet packet = packet(new Fields(in, message.length));
            if (in.hasNext()) {
                throw new ProtocolException("expected one packet");
            }
            return packet;
        } catch (IOException | MessagePackException | DateTimeException e) {
            throw new ProtocolException("expected valid MessagePack");
        }
    }

    private static Packet packet(Fields fields) {
        String namespace = fields.namespace;
        if (namespace == null || !namespace.startsWith("/")) {
            throw new ProtocolException("expected a namespace");
        }
        return switch (fields.type) {
            case 0 -> new Packet.Connect(namespace, fields.object());
            case 1 -> {
                fields.require(fields.data == null, "nothing after a disconnect");
                yield new Packet.Disconnect(namespace);
            }
            case 2 -> new Packet.Event(namespace, fields.id, TextDecoder.checkName(fields.array()));
            case 3 -> {
                fields.require(fields.id != Packet.NO_ID, "an acknowledgement id");
                yield new Packet.Ack(namespace, fields.id, fields.array());
            }
            case 4 -> new Packet.ConnectError(namespace, fields.text());
            default -> throw new ProtocolException("expected a packet type from 0 to 4");
        };
    }

    /** The fields of one packet; unknown ones are skipped. */
    private final class Fields {

        private final MessageUnpacker in;
        private final int size;
        private int type = -1;
        private @Nullable String namespace;
        private long id = Packet.NO_ID;
        private @Nullable JsonArguments data;

        Fields(MessageUnpacker in, int size) throws IOException {
            this.in = in;
            this.size = size;
            int count = in.unpackMapHeader();
            require(count <= size, "a packet that is complete");
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < count; i++) {
                String name = in.unpackString();
                require(seen.add(name) || limits.duplicateKeysAllowed(), "each key of an object once");
                field(name);
            }
        }

        private void field(String name) throws IOException {
            switch (name) {
                case "type" -> type = in.unpackInt();
                case "nsp" -> namespace = in.unpackString();
                case "id" -> id = id();
                case "data" -> data = data();
                default -> new MessagePackToJson(in, size, limits).skip();
            }
        }

        private long id() throws IOException {
            if (in.getNextFormat().getValueType() == ValueType.NIL) {
                in.unpackNil();
                return Packet.NO_ID;
            }
            long number = in.unpackLong();
            require(number >= 0 && number <= MAX_ID, "an acknowledgement id of at most 2^53");
            return number;
        }

        /** An array as its elements; anything else as the only element. */
        private @Nullable JsonArguments data() throws IOException {
            isArray = in.getNextFormat().getValueType() == ValueType.ARRAY;
            JsonArguments elements = new MessagePackToJson(in, size, limits).arguments();
            return !isArray && elements.text(0).equals("null") ? null : elements;
        }

        private boolean isArray;

        private JsonArguments array() {
            if (data == null || !isArray) {
                throw new ProtocolException("expected an array");
            }
            return data;
        }

        private @Nullable String object() {
            if (data == null) {
                return null;
            }
            String text = text();
            require(text.startsWith("{"), "a map");
            return text;
        }

        private String text() {
            if (data == null || isArray || data.hasAttachments()) {
                throw new ProtocolException("expected a map or a text");
            }
            return data.text(0);
        }

        private void require(boolean condition, String expected) {
            if (!condition) {
                throw new ProtocolException("expected " + expected);
            }
        }
    }

    /** Transcodes MessagePack to JSON text and attachments. */
    private static final class MessagePackToJson {

        private static final byte TIMESTAMP = -1;

        /** How the JavaScript library writes what has no form of its own: undefined, dates, and array buffers. */
        private static final byte JAVASCRIPT = 0;

        private final MessageUnpacker in;
        private final int size;
        private final DecoderLimits limits;
        private final List<byte[]> attachments = new ArrayList<>(0);
        private long bytes;

        MessagePackToJson(MessageUnpacker in, int size, DecoderLimits limits) {
            this.in = in;
            this.size = size;
            this.limits = limits;
        }

        JsonArguments arguments() throws IOException {
            JsonWriter out = new JsonWriter(attachments);
            if (in.getNextFormat().getValueType() == ValueType.ARRAY) {
                int count = checked(in.unpackArrayHeader());
                for (int i = 0; i < count; i++) {
                    out.beginElement();
                    value(out, 2);
                    out.endElement();
                }
            } else {
                out.beginElement();
                value(out, 1);
                out.endElement();
            }
            return out.build();
        }

        void skip() throws IOException {
            value(new JsonWriter(attachments), 1);
        }

        private int checked(int count) {
            if (count < 0 || count > size) {
                throw new ProtocolException("expected a packet that is complete");
            }
            return count;
        }

        private void value(JsonWriter out, int depth) throws IOException {
            switch (in.getNextFormat().getValueType()) {
                case NIL -> {
                    in.unpackNil();
                    out.text("null");
                }
                case BOOLEAN -> out.text(in.unpackBoolean() ? "true" : "false");
                case INTEGER -> out.text(in.unpackBigInteger().toString());
                case FLOAT -> out.number(in.unpackDouble());
                case STRING -> out.string(in.unpackString());
                case BINARY -> binary(in.unpackBinaryHeader(), out);
                case ARRAY -> array(out, depth);
                case MAP -> map(out, depth);
                case EXTENSION -> extension(out);
            }
        }

        /** Bounded as the attachments of a packet that is text are. */
        private void binary(int length, JsonWriter out) throws IOException {
            bytes += checked(length);
            if (attachments.size() >= limits.maxAttachments() || bytes > limits.maxAttachmentBytes()) {
                throw new ProtocolException("expected at most " + limits.maxAttachments() + " attachments of at most "
                        + limits.maxAttachmentBytes() + " bytes");
            }
            out.binary(in.readPayload(length));
        }

        private void checkDepth(int depth) {
            if (depth > limits.maxDepth()) {
                throw new ProtocolException("expected at most " + limits.maxDepth() + " levels");
            }
        }

        private void array(JsonWriter out, int depth) throws IOException {
            checkDepth(depth);
            int count = checked(in.unpackArrayHeader());
            out.text("[");
            for (int i = 0; i < count; i++) {
                out.text(i == 0 ? "" : ",");
                value(out, depth + 1);
            }
            out.text("]");
        }

        private void map(JsonWriter out, int depth) throws IOException {
            checkDepth(depth);
            int count = checked(in.unpackMapHeader());
            Set<String> keys = new HashSet<>();
            out.text("{");
            for (int i = 0; i < count; i++) {
                String key = in.unpackString();
                if (!keys.add(key) && !limits.duplicateKeysAllowed()) {
                    throw new ProtocolException("expected each key of an object once");
                }
                out.text(i == 0 ? "" : ",");
                out.string(key);
                out.text(":");
                value(out, depth + 1);
            }
            out.text("}");
        }

        private void extension(JsonWriter out) throws IOException {
            MessageFormat format = in.getNextFormat();
            ExtensionTypeHeader header = in.unpackExtensionTypeHeader();
            if (header.getType() == JAVASCRIPT) {
                javaScript(format, header.getLength(), out);
            } else if (header.getType() == TIMESTAMP) {
                out.string(in.unpackTimestamp(header).toString());
            } else {
                throw new ProtocolException("expected no extension type but the timestamp");
            }
        }

        private void javaScript(MessageFormat format, int length, JsonWriter out) throws IOException {
            if (format == MessageFormat.FIXEXT1) {
                in.readPayload(length);
                out.text("null");
            } else if (format == MessageFormat.FIXEXT8) {
                long millis = ByteBuffer.wrap(in.readPayload(length)).getLong();
                out.string(Instant.ofEpochMilli(millis).toString());
            } else {
                binary(length, out);
            }
        }
    }
}
