package io.portcullis.socketio.protocol;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Confined to one scan. The keys of the objects that are open, to find a duplicate. A few are compared one by one; from
 * then on a hash set keeps the time linear, also for keys that were made to collide.
 */
final class KeySet {

    private static final int FEW = 8;

    private final String source;
    private int[] slices = new int[2 * FEW];
    private int top;

    KeySet(String source) {
        this.source = source;
    }

    /** Opens an object; the result goes to the other methods. */
    int open() {
        return top;
    }

    void close(int base) {
        top = base;
    }

    /**
     * Adds a key.
     *
     * @param many the object's set, once it has many keys or an escaped one
     * @return the set to pass with the next key, or null while there are few
     * @throws ProtocolException if the object has the key already
     */
    @Nullable Set<String> add(int base, @Nullable Set<String> many, int from, int to, boolean escaped) {
        if (many == null && !escaped && (top - base) / 2 < FEW) {
            addSlice(base, from, to);
            return null;
        }
        Set<String> set = many == null ? toSet(base) : many;
        if (!set.add(JsonText.unescape(source, from, to))) {
            throw duplicate();
        }
        return set;
    }

    private void addSlice(int base, int from, int to) {
        int length = to - from;
        for (int i = base; i < top; i += 2) {
            if (slices[i + 1] - slices[i] == length && source.regionMatches(slices[i], source, from, length)) {
                throw duplicate();
            }
        }
        if (top + 2 > slices.length) {
            slices = Arrays.copyOf(slices, slices.length * 2);
        }
        slices[top] = from;
        slices[top + 1] = to;
        top += 2;
    }

    private Set<String> toSet(int base) {
        Set<String> set = new HashSet<>();
        for (int i = base; i < top; i += 2) {
            set.add(source.substring(slices[i], slices[i + 1]));
        }
        return set;
    }

    private static ProtocolException duplicate() {
        return new ProtocolException("expected each key of an object once");
    }
}
