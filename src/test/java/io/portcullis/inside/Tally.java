package io.portcullis.inside;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Thread-safe. Counts things by their names. */
@ApplicationScoped
public class Tally {

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    /** Adds to a count, which begins with zero, and gives what it is then. */
    public int add(String name, int more) {
        return counts.merge(name, more, Integer::sum);
    }

    public int of(String name) {
        return counts.getOrDefault(name, 0);
    }
}
