package io.portcullis.socketio.ratelimit;

import io.portcullis.socketio.config.EndpointConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Thread-safe. The limits of all endpoints, by the names under which operators see and change them. */
@ApplicationScoped
public class LimitRegistry {

    private final Map<String, Limits> endpoints = new ConcurrentSkipListMap<>();

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
     * @return what has changed, without those that had their value already
     * @throws IllegalArgumentException if there is no limit of a name, or a value is negative; its message says which
     */
    public synchronized List<Change> change(Map<String, Integer> changes) {
        Map<String, Integer> known = all();
        changes.forEach((name, value) -> {
            if (!known.containsKey(name)) {
                throw new IllegalArgumentException("There is no limit named '" + name + "'.");
            }
            if (value < 0) {
                throw new IllegalArgumentException("'" + name + "' must be zero or more, not " + value + ".");
            }
        });
        List<Change> made = new ArrayList<>();
        endpoints.forEach((endpoint, limits) -> {
            for (Limit limit : Limit.values()) {
                String name = name(endpoint, limit);
                int before = limits.get(limit);
                int after = changes.getOrDefault(name, before);
                if (before != after) {
                    limits.set(limit, after);
                    made.add(new Change(endpoint, name, before, after));
                }
            }
        });
        return made;
    }

    /**
     * Immutable. A limit that was changed.
     *
     * @param endpoint the endpoint's name
     * @param name the limit's name, as in {@link #all}
     * @param before what was in force
     * @param after what is in force
     */
    public record Change(String endpoint, String name, int before, int after) {}

    private static String name(String endpoint, Limit limit) {
        return endpoint.equals(EndpointConfig.DEFAULT_NAME) ? limit.text() : endpoint + "." + limit.text();
    }
}
