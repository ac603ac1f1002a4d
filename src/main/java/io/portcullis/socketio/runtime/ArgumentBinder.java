package io.portcullis.socketio.runtime;

import io.portcullis.socketio.InvalidArgumentException;
import io.portcullis.socketio.protocol.JsonArguments;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, thread-safe. Binds the JSON text of an argument to a type. A string is never taken for a number nor a
 * number for a string, and a number must fit; what is inside objects and arrays is JSON-B's to judge.
 */
final class ArgumentBinder {

    private final Jsonb jsonb;
    private final JsonReaderFactory readers;

    /** With a Jsonb made with {@link BinaryValues#config}. */
    ArgumentBinder(Jsonb jsonb) {
        this.jsonb = jsonb;
        this.readers = JsonProvider.provider().createReaderFactory(Map.of());
    }

    /** The arguments from an index on, bound when asked. */
    BoundArguments view(JsonArguments arguments, int first) {
        return new BoundArguments(arguments, first, arguments.size(), this);
    }

    /** Binds one element. */
    @Nullable Object bind(JsonArguments arguments, int index, Type type) {
        return bind(arguments, 0, index, type);
    }

    /** Binds one argument, counted from the first that is an argument; one beyond the last is missing. */
    @Nullable Object bind(JsonArguments arguments, int first, int index, Type type) {
        int element = first + index;
        if (element >= arguments.size()) {
            return absent(type);
        }
        if (type == String.class) {
            return string(arguments, element, index);
        }
        if (arguments.isPlaceholder(element) && type == byte[].class) {
            return arguments.attachment(element);
        }
        if (arguments.isPlaceholder(element) && type == ByteBuffer.class) {
            return ByteBuffer.wrap(arguments.attachment(element));
        }
        String text = arguments.text(element);
        if (type == Object.class) {
            return BinaryValues.plain(json(text), arguments.attachments());
        }
        return text.equals("null") ? absent(type) : present(arguments, element, text, index, type);
    }

    /** One element as a JSON-P value. */
    JsonValue json(JsonArguments arguments, int element) {
        return element < arguments.size() ? json(arguments.text(element)) : JsonValue.NULL;
    }

    private JsonValue json(String text) {
        try (JsonReader reader = readers.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }

    /** What a missing argument is, or null: nothing, in the way of its type. */
    private static @Nullable Object absent(Type type) {
        if (type instanceof Class<?> plain && plain.isPrimitive()) {
            return Scalars.zero(plain);
        }
        return Shapes.raw(type) == Optional.class ? Optional.empty() : null;
    }

    private static @Nullable String string(JsonArguments arguments, int element, int index) {
        String string = arguments.string(element);
        if (string == null && !arguments.text(element).equals("null")) {
            throw invalid(index, String.class, arguments.text(element), null);
        }
        return string;
    }

    private @Nullable Object present(JsonArguments arguments, int element, String text, int index, Type type) {
        Class<?> raw = Shapes.raw(type);
        if (raw == Optional.class && type instanceof ParameterizedType optional) {
            Type content = optional.getActualTypeArguments()[0];
            return Optional.ofNullable(bind(arguments, element - index, index, content));
        }
        if (!Shapes.fits(text.charAt(0), raw)) {
            throw invalid(index, type, text, null);
        }
        try {
            if (Scalars.isScalar(raw)) {
                return Scalars.parse(text, raw);
            }
            return JsonValue.class.isAssignableFrom(raw)
                    ? raw.cast(json(text))
                    : BinaryValues.reading(arguments.attachments(), () -> jsonb.fromJson(text, type));
        } catch (RuntimeException e) { // JSON-B's own, and whatever an application's constructor throws
            throw invalid(index, type, text, e);
        }
    }

    /** Says what was expected and what kind of value was found, never the value. */
    private static InvalidArgumentException invalid(
            int index, Type type, String text, @Nullable RuntimeException cause) {
        String message = "argument " + index + ": expected " + Shapes.describe(type) + ", found "
                + (cause == null ? Shapes.kind(text.charAt(0)) : "a value that does not fit it");
        return new InvalidArgumentException(index, message, cause);
    }
}
