package io.portcullis.socketio.config;

import java.util.Map;

/** Immutable. The values of every key for one endpoint. */
public final class EndpointConfig {

    /** The name of the endpoint that the plain {@code socketio.*} keys describe. */
    public static final String DEFAULT_NAME = "default";

    private final String name;
    private final Map<Key<?>, Object> values;
    private final Map<Key<?>, String> settings;

    EndpointConfig(String name, Map<Key<?>, Object> values, Map<Key<?>, String> settings) {
        this.name = name;
        this.values = Map.copyOf(values);
        this.settings = Map.copyOf(settings);
    }

    /**
     * The endpoint's name.
     *
     * @return {@link #DEFAULT_NAME} or the name in {@code socketio.endpoint.<name>.path}
     */
    public String name() {
        return name;
    }

    /**
     * The value of a key. Costs a look-up: take it once, not for each message.
     *
     * @param <T> the type
     * @param key the key
     * @return its checked value
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // every key has a value, made by the key itself
    public <T> T get(Key<T> key) {
        return (T) values.get(key);
    }

    /**
     * Where the value of a key was set, for a sentence that says what to change.
     *
     * @param key the key
     * @return for example {@code socketio.endpoint.chat.path}; of a default, the plain key
     */
    @SuppressWarnings("NullAway") // every key has one
    public String settingName(Key<?> key) {
        return settings.get(key);
    }

    /**
     * Where clients ask for this endpoint.
     *
     * @return the path within the application, with the last slash only if clients send it
     */
    public String requestPath() {
        String path = get(Key.PATH);
        return get(Key.ADD_TRAILING_SLASH) ? path : path.substring(0, path.length() - 1);
    }
}
