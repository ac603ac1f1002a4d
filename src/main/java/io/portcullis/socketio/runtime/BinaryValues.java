package io.portcullis.socketio.runtime;

import jakarta.json.JsonObject;
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
import java.nio.ByteBuffer;
import java.util.List;
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
        if (value instanceof JsonObject object && Placeholders.isOne(object)) {
            int index = Placeholders.index(object, attachments.size());
            if (index >= 0) {
                return attachments.get(index);
            }
        }
        throw new JsonbException("expected binary content, found other JSON");
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
