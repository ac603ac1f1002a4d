package io.portcullis.socketio.runtime;

import io.portcullis.socketio.Arguments;
import io.portcullis.socketio.protocol.JsonArguments;
import io.portcullis.socketio.protocol.ReservedEvents;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Immutable, thread-safe. Writes an application's values as the elements of a packet, as JSON.stringify writes them. */
final class ArgumentWriter {

    private final Jsonb jsonb;

    /** With a Jsonb made with {@link BinaryValues#config}. */
    ArgumentWriter(Jsonb jsonb) {
        this.jsonb = jsonb;
    }

    /**
     * The elements of an event: its name and the arguments.
     *
     * @throws IllegalArgumentException if the name is reserved or an argument cannot be written
     */
    JsonArguments event(String name, @Nullable Object... arguments) {
        if (ReservedEvents.contains(name)) {
            throw new IllegalArgumentException(
                    "expected an event of your own, found the reserved name \"" + name + "\"");
        }
        return write(JsonArguments.builder().addString(name), arguments);
    }

    /**
     * The elements of an acknowledgement.
     *
     * @throws IllegalArgumentException if an argument cannot be written
     */
    JsonArguments ack(@Nullable Object... arguments) {
        return write(JsonArguments.builder(), arguments);
    }

    /**
     * One value without binary content.
     *
     * @throws IllegalArgumentException if it cannot be written, or has binary content
     */
    String json(Object value) {
        JsonArguments written = ack(value);
        if (written.size() != 1 || written.hasAttachments()) {
            throw new IllegalArgumentException("expected one value without binary content, found " + kind(value));
        }
        return written.text(0);
    }

    private JsonArguments write(JsonArguments.Builder builder, @Nullable Object[] arguments) {
        for (Object argument : arguments) {
            add(builder, argument);
        }
        return builder.build();
    }

    private void add(JsonArguments.Builder builder, @Nullable Object value) {
        if (value == null) {
            builder.addNull();
        } else if (value instanceof CharSequence text) {
            builder.addString(text.toString());
        } else if (value instanceof Number number) {
            addNumber(builder, number);
        } else if (value instanceof Boolean truth) {
            builder.addBoolean(truth);
        } else if (value instanceof BoundArguments arguments) {
            arguments.addTo(builder);
        } else if (value instanceof Optional<?> optional) {
            add(builder, optional.orElse(null));
        } else {
            addOther(builder, value);
        }
    }

    private void addNumber(JsonArguments.Builder builder, Number number) {
        if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
            builder.addNumber(number.longValue());
        } else if (number instanceof Double wide) {
            builder.addJson(Scalars.text(wide.doubleValue()));
        } else if (number instanceof Float narrow) {
            builder.addJson(Scalars.text(narrow.floatValue()));
        } else {
            addBound(builder, number);
        }
    }

    private void addOther(JsonArguments.Builder builder, Object value) {
        if (value instanceof byte[] bytes) {
            builder.addBinary(bytes);
        } else if (value instanceof ByteBuffer buffer) {
            builder.addBinary(BinaryValues.bytes(buffer));
        } else if (value instanceof JsonValue json) {
            builder.addJson(json.toString());
        } else if (value instanceof Enum<?> constant) {
            builder.addString(constant.name());
        } else if (value instanceof Arguments) {
            throw new IllegalArgumentException("expected Arguments that a handler received, found " + kind(value));
        } else {
            addBound(builder, value);
        }
    }

    private void addBound(JsonArguments.Builder builder, Object value) {
        List<byte[]> attachments = new ArrayList<>(0);
        String text;
        try {
            text = BinaryValues.writing(attachments, () -> jsonb.toJson(value));
        } catch (RuntimeException e) { // JSON-B's own, and whatever an application's getter throws
            throw new IllegalArgumentException("expected a value that JSON-B can write, found " + kind(value), e);
        }
        if (attachments.isEmpty()) {
            builder.addJson(text);
        } else {
            builder.addJson(text, attachments);
        }
    }

    private static String kind(Object value) {
        return "a " + value.getClass().getName();
    }
}
