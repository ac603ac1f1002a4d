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
    private final int end;
    private final ArgumentBinder binder;

    /** The elements from one index to another, which is cut to those there are. */
    BoundArguments(JsonArguments elements, int first, int end, ArgumentBinder binder) {
        this.elements = elements;
        this.end = Math.min(end, elements.size());
        this.first = Math.min(first, this.end);
        this.binder = binder;
    }

    /** Adds the elements that these arguments are, unparsed. */
    void addTo(JsonArguments.Builder builder) {
        builder.addAll(elements, first, end);
    }

    @Override
    public int size() {
        return end - first;
    }

    /** The binder gives what the type says, or the boxed form of a primitive one. */
    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T get(int index, Class<T> type) {
        return (T) get(index, (Type) type);
    }

    @Override
    public @Nullable Object get(int index, Type type) {
        int argument = notNegative(index) < size() ? index : elements.size(); // beyond the last: missing
        return binder.bind(elements, first, argument, type);
    }

    @Override
    public JsonValue json(int index) {
        return notNegative(index) < size() ? binder.json(elements, first + index) : JsonValue.NULL;
    }

    @Override
    public Arguments slice(int from, int to) {
        int start = first + Math.min(notNegative(from), size());
        int stop = first + Math.min(notNegative(to), size());
        return new BoundArguments(elements, start, Math.max(start, stop), binder);
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
