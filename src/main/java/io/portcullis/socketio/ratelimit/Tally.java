package io.portcullis.socketio.ratelimit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Thread-safe. Counts by key, exactly: never above the limit that was asked with, never below zero. Only keys that count
 * something are kept, so that there are never more of them than things that are counted.
 *
 * @param <K> what is counted by
 */
final class Tally<K> {

    private final ConcurrentMap<K, Integer> counts = new ConcurrentHashMap<>();

    /** Adds one unless there are as many as allowed. */
    boolean increment(K key, int most) {
        boolean[] added = new boolean[1];
        counts.compute(key, (same, count) -> {
            int present = count == null ? 0 : count;
            added[0] = present < most;
            int next = added[0] ? present + 1 : present;
            return next == 0 ? null : next;
        });
        return added[0];
    }

    void decrement(K key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    int get(K key) {
        return counts.getOrDefault(key, 0);
    }

    int size() {
        return counts.size();
    }
}
