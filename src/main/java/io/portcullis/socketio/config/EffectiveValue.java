package io.portcullis.socketio.config;

import org.jspecify.annotations.Nullable;

/**
 * Immutable. The value of a key that is in force, and where it comes from.
 *
 * @param endpoint whose value it is; null for the server as a whole
 * @param key the key's name, without a prefix
 * @param value as it was written; of a secret, that it is not shown
 * @param setting under which name it was or would be set
 * @param source which source of the configuration has it; null for the default
 */
public record EffectiveValue(
        @Nullable String endpoint, String key, String value, String setting, @Nullable String source) {

    /** As the log tells it. */
    @Override
    public String toString() {
        return (endpoint == null ? "Server" : "Endpoint " + endpoint) + ": " + key + " = " + value + ", from "
                + (source == null ? "the default" : setting + " in " + source);
    }
}
