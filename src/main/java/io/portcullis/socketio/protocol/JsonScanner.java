package io.portcullis.socketio.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Confined to one scan. Checks a text against RFC 8259 in one pass, within bounds, and notes where the elements of its
 * outermost array and its placeholders are. Builds no tree.
 */
final class JsonScanner extends JsonLexer {

    /** How deep own data may be: what reads and writes JSON calls itself for each level, and stacks end. */
    static final int MAX_DEPTH = 1_000;

    private static final DecoderLimits TRUSTED =
            new DecoderLimits(Integer.MAX_VALUE, Long.MAX_VALUE, MAX_DEPTH, Integer.MAX_VALUE, true);
    private static final String PLACEHOLDER = "_placeholder";
    private static final String NUMBER = "num";

    private final DecoderLimits limits;
    /** How many attachments placeholders may number; -1 where there are no placeholders. */
    private final int attachments;

    private final KeySet keys;
    private int[] bounds = new int[8];
    private int boundCount;
    private int[] placeholders = {};
    private int placeholderCount;
    private boolean lookalike;

    JsonScanner(String source, int start, DecoderLimits limits, int attachments) {
        super(source, start, limits.maxDigits());
        this.limits = limits;
        this.attachments = attachments;
        this.keys = new KeySet(source);
    }

    /** Wraps one trusted element whose placeholders number attachments. */
    static JsonArguments wrap(String text, List<byte[]> contents) {
        return trusted(text, contents.size()).withAttachments(contents);
    }

    /** Wraps one trusted element without binary content. */
    static JsonArguments plain(String text) {
        return trusted(text, -1);
    }

    private static JsonArguments trusted(String text, int attachments) {
        try {
            return new JsonScanner("[" + text + "]", 0, TRUSTED, attachments).array();
        } catch (ProtocolException e) { // the application's mistake, not a client's
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Reads an array to the end of the text. */
    JsonArguments array() {
        int start = at;
        expect('[');
        skipSpace();
        if (peek() == ']') {
            at++;
        } else {
            do {
                bound(at);
                value(2);
                bound(at);
            } while (more(']'));
        }
        expectEnd();
        return new JsonArguments(
                source,
                start,
                Arrays.copyOf(bounds, boundCount),
                Arrays.copyOf(placeholders, placeholderCount),
                List.of(),
                lookalike);
    }

    /** Reads an object to the end of the text. */
    void object() {
        if (peek() != '{') {
            throw new ProtocolException("expected a JSON object");
        }
        value(1);
        expectEnd();
    }

    private void bound(int position) {
        if (boundCount == bounds.length) {
            bounds = Arrays.copyOf(bounds, bounds.length * 2);
        }
        bounds[boundCount++] = position;
    }

    /** Reads a value; no white space is before it. */
    private void value(int depth) {
        char c = peek();
        switch (c) {
            case '"' -> string();
            case '{' -> object(depth);
            case '[' -> array(depth);
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    private void checkDepth(int depth) {
        if (depth > limits.maxDepth()) {
            throw new ProtocolException("expected at most " + limits.maxDepth() + " levels of JSON");
        }
    }

    private void array(int depth) {
        checkDepth(depth);
        at++;
        skipSpace();
        if (peek() == ']') {
            at++;
            return;
        }
        do {
            value(depth + 1);
        } while (more(']'));
    }

    private void object(int depth) {
        checkDepth(depth);
        int start = at++;
        skipSpace();
        if (peek() == '}') {
            at++;
            return;
        }
        int base = keys.open();
        Set<String> many = null;
        boolean marked = false;
        int number = -1;
        do {
            int from = at + 1;
            boolean escaped = string();
            int to = at - 1;
            many = limits.duplicateKeysAllowed() ? null : keys.add(base, many, from, to, escaped);
            int valueStart = memberValue(depth);
            if (is(PLACEHOLDER, from, to, escaped)) {
                marked = source.startsWith("true", valueStart);
            } else if (is(NUMBER, from, to, escaped)) {
                number = index(valueStart);
            }
        } while (more('}'));
        keys.close(base);
        if (marked) {
            placeholder(start, number);
        }
    }

    /** Reads what follows a key; where the value begins. */
    private int memberValue(int depth) {
        skipSpace();
        expect(':');
        skipSpace();
        int start = at;
        value(depth + 1);
        return start;
    }

    private boolean is(String name, int from, int to, boolean escaped) {
        if (escaped) {
            return JsonText.unescape(source, from, to).equals(name);
        }
        return to - from == name.length() && source.startsWith(name, from);
    }

    /** The number at a position if it is a plain index, else -1. */
    private int index(int from) {
        int value = 0;
        for (int i = from; i < at; i++) {
            char c = source.charAt(i);
            if (c < '0' || c > '9' || value > 100_000) {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    /** "An object with _placeholder exactly true must have a numeric num within range, otherwise error." */
    private void placeholder(int start, int number) {
        if (attachments < 0) {
            lookalike = true;
            return;
        }
        if (number < 0 || number >= attachments) {
            throw new ProtocolException("expected a placeholder of an attachment");
        }
        while (placeholderCount > 0 && placeholders[placeholderCount - 3] > start) {
            placeholderCount -= 3; // what is inside a placeholder counts for nothing
        }
        if (placeholderCount == placeholders.length) {
            placeholders = Arrays.copyOf(placeholders, placeholders.length * 2 + 12);
        }
        placeholders[placeholderCount++] = start;
        placeholders[placeholderCount++] = at;
        placeholders[placeholderCount++] = number;
    }

    static @Nullable String objectOrNull(String source, int start, DecoderLimits limits) {
        if (start == source.length()) {
            return null;
        }
        new JsonScanner(source, start, limits, -1).object();
        return source.substring(start);
    }
}
