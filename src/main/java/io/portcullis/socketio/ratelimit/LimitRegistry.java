package io.portcullis.socketio.ratelimit;

import io.portcullis.socketio.config.EndpointConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Thread-safe. The limits of all endpoints, by the names under which operators see and change them. */
@ApplicationScoped
public class LimitRegistry {

    private final Map<String, Limits> endpoints = new ConcurrentHashMap<>();

    /** For the container. */
    public LimitRegistry() {}

    /**
     * Called once for each endpoint at start.
     *
     * @param endpoint the endpoint's values
     * @return its limits
     */
    public Limits open(EndpointConfig endpoint) {
        Limits limits = new Limits(endpoint);
        endpoints.put(endpoint.name(), limits);
        return limits;
    }

    /**
     * What is in force.
     *
     * @return values by name: {@code connections} of the default endpoint, {@code chat.connections} of one named chat
     */
    public Map<String, Integer> all() {
        Map<String, Integer> all = new LinkedHashMap<>();
        endpoints.forEach((endpoint, limits) -> {
            for (Limit limit : Limit.values()) {
                all.put(name(endpoint, limit), limits.get(limit));
            }
        });
        return all;
    }

    /**
     * Changes limits, all of them or none, at once.
     *
     * @param changes values by name
     * @throws IllegalArgumentException if there is no limit of a name, or a value is negative; its message says which
     */
    public void change(Map<String, Integer> changes) {
        Map<String, Integer> known = all();
        changes.forEach((name, value) -> {
            if (!known.containsKey(name)) {
                throw new IllegalArgumentException("There is no limit named '" + name + "'.");
            }
            if (value < 0) {
                throw new IllegalArgumentException("'" + name + "' must be zero or more, not " + value + ".");
            }
        });
        endpoints.forEach((endpoint, limits) -> {
            for (Limit limit : Limit.values()) {
                Integer value = changes.get(name(endpoint, limit));
                if (value != null) {
                    limits.set(limit, value);
                }
            }
        });
    }

    private static String name(String endpoint, Limit limit) {
        return endpoint.equals(EndpointConfig.DEFAULT_NAME) ? limit.text() : endpoint + "." + limit.text();
    }
}
