package io.portcullis.socketio.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Confined to one packet. How many members the arrays and objects of a valid JSON text have, which MessagePack says first:
 * found in one pass, however deep they are.
 */
final class MemberCounts {

    private final String json;
    private final @Nullable JsonArguments arguments;
    private int[] counts = new int[16];
    private int size;
    private int next;
    /** Which arrays and objects the pass is in: indices of their counts. */
    private int[] open = new int[16];

    private int depth;

    /**
     * Counts.
     *
     * @param start where an array or object begins
     * @param arguments whose placeholders are no objects, or null
     * @throws IllegalArgumentException if it is too deep
     */
    MemberCounts(String json, int start, @Nullable JsonArguments arguments) {
        this.json = json;
        this.arguments = arguments;
        int at = start;
        do {
            at = pass(at);
        } while (depth > 0);
    }

    /** The members of the first array or object, then those of the next one that begins, and so on. */
    int next() {
        return counts[next++];
    }

    /** Goes past one token; where the next one begins. */
    private int pass(int at) {
        char c = json.charAt(at);
        if (c == ',') {
            counts[open[depth - 1]]++;
        } else if (c == ']' || c == '}') {
            depth--;
        } else if (c > ' ' && c != ':') {
            return value(at, c);
        }
        return at + 1;
    }

    private int value(int at, char first) {
        if (depth > 0 && counts[open[depth - 1]] == 0) {
            counts[open[depth - 1]] = 1;
        }
        if (first == '"') {
            return JsonText.stringEnd(json, at) + 1;
        }
        if (first == '[' || first == '{') {
            int end = arguments == null ? -1 : arguments.placeholderEnd(at);
            if (end >= 0) {
                return end;
            }
            open();
        }
        return at + 1;
    }

    private void open() {
        if (depth == JsonScanner.MAX_DEPTH) {
            throw new IllegalArgumentException("expected at most " + depth + " levels of JSON");
        }
        if (depth == open.length) {
            open = Arrays.copyOf(open, depth * 2);
        }
        if (size == counts.length) {
            counts = Arrays.copyOf(counts, size * 2);
        }
        open[depth++] = size++;
    }
}
