package io.portcullis.socketio.runtime;

import io.portcullis.socketio.Arguments;
import io.portcullis.socketio.protocol.JsonArguments;
import jakarta.json.JsonValue;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Immutable. The {@link Arguments} that applications see, over the text of a packet's elements. */
final class BoundArguments implements Arguments {

    private final JsonArguments elements;
    private final int first;
    private final ArgumentBinder binder;

    BoundArguments(JsonArguments elements, int first, ArgumentBinder binder) {
        this.elements = elements;
        this.first = Math.min(first, elements.size());
        this.binder = binder;
    }

    /** The elements that these arguments are. */
    JsonArguments raw() {
        return elements.from(first);
    }

    @Override
    public int size() {
        return elements.size() - first;
    }

    /** The binder gives what the type says, or the boxed form of a primitive one. */
    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T get(int index, Class<T> type) {
        return (T) get(index, (Type) type);
    }

    @Override
    public @Nullable Object get(int index, Type type) {
        return binder.bind(elements, first, notNegative(index), type);
    }

    @Override
    public JsonValue json(int index) {
        return binder.json(elements, first + notNegative(index));
    }

    @Override
    public Arguments from(int next) {
        return binder.view(elements, first + Math.min(notNegative(next), size()));
    }

    @Override
    public String toString() {
        return size() + " arguments";
    }

    private static int notNegative(int index) {
        if (index < 0) {
            throw new IndexOutOfBoundsException("expected an index from 0, found " + index);
        }
        return index;
    }
}
