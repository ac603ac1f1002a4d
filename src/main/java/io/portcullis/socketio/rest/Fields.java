package io.portcullis.socketio.rest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Confined to its thread. Builds an object that has all of its fields: those that are not known are null. */
final class Fields {

    private final JsonObjectBuilder object = Json.createObjectBuilder();

    Fields add(String name, @Nullable String value) {
        if (value == null) {
            object.addNull(name);
        } else {
            object.add(name, value);
        }
        return this;
    }

    Fields add(String name, @Nullable Instant value) {
        return add(name, value == null ? null : value.toString());
    }

    Fields add(String name, long value) {
        object.add(name, value);
        return this;
    }

    Fields add(String name, Collection<String> values) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        values.stream().sorted().forEach(array::add);
        object.add(name, array);
        return this;
    }

    JsonObject build() {
        return object.build();
    }
}
