package io.portcullis.socketio;

import jakarta.json.JsonValue;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. The arguments of an event or an acknowledgement, not yet bound to types. Passed to an {@code emit} or
 * returned by a handler, its elements take its place one by one, unparsed: that is the cheapest way to hand something
 * on, binary attachments included.
 */
public interface Arguments {

    /**
     * How many there are.
     *
     * @return zero or more
     */
    int size();

    /**
     * Binds one argument to a type.
     *
     * @param <T> the type
     * @param index from 0; one beyond the last is a missing argument
     * @param type anything a handler's parameter may be
     * @return the value; null if it is missing or JSON's null
     * @throws InvalidArgumentException if it cannot be bound
     */
    <T> @Nullable T get(int index, Class<T> type);

    /**
     * Binds one argument to a type that may be generic.
     *
     * @param index from 0; one beyond the last is a missing argument
     * @param type anything a handler's parameter may be
     * @return the value; null if it is missing or JSON's null
     * @throws InvalidArgumentException if it cannot be bound
     */
    @Nullable Object get(int index, Type type);

    /**
     * One argument as a JSON-P value. Binary content appears as Socket.IO's placeholder objects.
     *
     * @param index from 0; one beyond the last is a missing argument
     * @return the value; {@link JsonValue#NULL} if it is missing
     */
    JsonValue json(int index);

    /**
     * The arguments from an index on.
     *
     * @param first from 0; {@link #size()} or more gives none
     * @return the rest
     */
    default Arguments from(int first) {
        return slice(first, size());
    }

    /**
     * Some of the arguments.
     *
     * @param first from 0
     * @param end one after the last; what is beyond {@link #size()} is left out
     * @return at most {@code end - first} arguments
     */
    Arguments slice(int first, int end);
}
