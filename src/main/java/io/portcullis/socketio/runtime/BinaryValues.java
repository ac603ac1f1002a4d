package io.portcullis.socketio.runtime;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. Binary values inside what JSON-B reads and writes: in the text stands a placeholder, the bytes are in
 * the attachments of the one reading or writing that the thread is at.
 *
 * <p>Source: Socket.IO protocol 5, "Binary".
 */
final class BinaryValues {

    private static final ThreadLocal<@Nullable List<byte[]>> ATTACHMENTS = new ThreadLocal<>();

    private BinaryValues() {}

    /** Makes JSON-B know about binary values. */
    static JsonbConfig config() {
        return new JsonbConfig()
                .withSerializers(new BytesSerializer(), new BufferSerializer())
                .withDeserializers(new BytesDeserializer(), new BufferDeserializer());
    }

    /** Reads something whose placeholders stand for these attachments. */
    static <T> T reading(List<byte[]> attachments, Supplier<T> reading) {
        return with(attachments, reading);
    }

    /** Writes something, gathering its binary values. */
    static <T> T writing(List<byte[]> attachments, Supplier<T> writing) {
        return with(attachments, writing);
    }

    private static <T> T with(List<byte[]> attachments, Supplier<T> work) {
        List<byte[]> former = ATTACHMENTS.get();
        ATTACHMENTS.set(attachments);
        try {
            return work.get();
        } finally {
            restore(former);
        }
    }

    private static void restore(@Nullable List<byte[]> former) {
        if (former == null) {
            ATTACHMENTS.remove();
        } else {
            ATTACHMENTS.set(former);
        }
    }

    /** A JSON value as plain Java: maps, lists, strings, numbers, truth values, null, and byte arrays. */
    static @Nullable Object plain(JsonValue value, List<byte[]> attachments) {
        return switch (value.getValueType()) {
            case NULL -> null;
            case TRUE -> true;
            case FALSE -> false;
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> plain((JsonNumber) value);
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                value.asJsonArray().forEach(item -> list.add(plain(item, attachments)));
                yield list;
            }
            case OBJECT -> plain(value.asJsonObject(), attachments);
        };
    }

    private static Object plain(JsonNumber number) {
        if (!number.isIntegral()) {
            return number.bigDecimalValue();
        }
        BigInteger whole = number.bigIntegerValue();
        return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
    }

    private static Object plain(JsonObject object, List<byte[]> attachments) {
        int index = isPlaceholder(object) ? index(object, attachments.size()) : -1;
        if (index >= 0) {
            return attachments.get(index);
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        object.forEach((key, item) -> map.put(key, plain(item, attachments)));
        return map;
    }

    /** The bytes between a buffer's position and limit, which stay where they are. */
    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static List<byte[]> attachments() {
        List<byte[]> attachments = ATTACHMENTS.get();
        if (attachments == null) {
            throw new JsonbException("binary values are only for the arguments of a packet");
        }
        return attachments;
    }

    private static void write(byte[] bytes, JsonGenerator generator) {
        List<byte[]> attachments = attachments();
        generator
                .writeStartObject()
                .write("_placeholder", true)
                .write("num", attachments.size())
                .writeEnd();
        attachments.add(bytes);
    }

    /** Only a placeholder will do: bytes as text or as an array of numbers are not what a Socket.IO client sends. */
    private static byte @Nullable [] read(JsonParser parser) {
        JsonValue value = parser.getValue();
        if (value == JsonValue.NULL) {
            return null;
        }
        List<byte[]> attachments = attachments();
        if (value instanceof JsonObject object && isPlaceholder(object)) {
            int index = index(object, attachments.size());
            if (index >= 0) {
                return attachments.get(index);
            }
        }
        throw new JsonbException("expected binary content, found other JSON");
    }

    private static boolean isPlaceholder(JsonObject object) {
        return object.get("_placeholder") == JsonValue.TRUE;
    }

    /** Which of so many attachments a placeholder stands for; -1 for none of them. */
    private static int index(JsonObject placeholder, int attachments) {
        if (placeholder.get("num") instanceof JsonNumber number
                && number.isIntegral()
                && number.bigIntegerValue().bitLength() < Integer.SIZE) {
            int index = number.intValue();
            return index >= 0 && index < attachments ? index : -1;
        }
        return -1;
    }

    private static final class BytesSerializer implements JsonbSerializer<byte[]> {
        @Override
        public void serialize(byte[] bytes, JsonGenerator generator, SerializationContext context) {
            write(bytes, generator);
        }
    }

    private static final class BufferSerializer implements JsonbSerializer<ByteBuffer> {
        @Override
        public void serialize(ByteBuffer buffer, JsonGenerator generator, SerializationContext context) {
            write(bytes(buffer), generator);
        }
    }

    private static final class BytesDeserializer implements JsonbDeserializer<byte[]> {
        @Override
        public byte @Nullable [] deserialize(JsonParser parser, DeserializationContext context, Type type) {
            return read(parser);
        }
    }

    private static final class BufferDeserializer implements JsonbDeserializer<ByteBuffer> {
        @Override
        public @Nullable ByteBuffer deserialize(JsonParser parser, DeserializationContext context, Type type) {
            byte[] bytes = read(parser);
            return bytes == null ? null : ByteBuffer.wrap(bytes);
        }
    }
}
