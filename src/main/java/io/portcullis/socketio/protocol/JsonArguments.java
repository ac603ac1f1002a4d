package io.portcullis.socketio.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. The elements of an event's or an acknowledgement's array, as the JSON text in which they came or will go, and
 * their binary attachments. Where elements and placeholders are is known by position: an object in a client's data that
 * merely looks like a placeholder is none.
 */
public final class JsonArguments {

    private static final int[] NONE = {};
    private static final int PLACEHOLDER_FIELDS = 3;

    /** No elements. */
    public static final JsonArguments EMPTY = new JsonArguments("[]", 0, NONE, NONE, List.of(), false);

    private final String source;
    private final int start;
    /** Start and end of each element in the source. */
    private final int[] bounds;
    /** Start, end and attachment of each placeholder in the source, in order. */
    private final int[] placeholders;

    private final List<byte[]> attachments;
    private final boolean lookalike;

    JsonArguments(
            String source, int start, int[] bounds, int[] placeholders, List<byte[]> attachments, boolean lookalike) {
        this.source = source;
        this.start = start;
        this.bounds = bounds;
        this.placeholders = placeholders;
        this.attachments = attachments;
        this.lookalike = lookalike;
    }

    /** The same elements with attachments that arrived later. */
    JsonArguments withAttachments(List<byte[]> arrived) {
        return new JsonArguments(source, start, bounds, placeholders, arrived, lookalike);
    }

    /**
     * How many elements there are.
     *
     * @return zero or more
     */
    public int size() {
        return bounds.length / 2;
    }

    /**
     * One element.
     *
     * @param index from 0, less than {@link #size}
     * @return its JSON text
     */
    public String text(int index) {
        return source.substring(bounds[2 * index], bounds[2 * index + 1]);
    }

    /**
     * All elements.
     *
     * @return a JSON array
     */
    public String text() {
        return start == 0 ? source : source.substring(start);
    }

    void appendTo(StringBuilder out) {
        out.append(source, start, source.length());
    }

    int length() {
        return source.length() - start;
    }

    /**
     * Whether an element is binary.
     *
     * @param index from 0, less than {@link #size}
     * @return true if {@link #attachment} has its content
     */
    public boolean isPlaceholder(int index) {
        return placeholderAt(bounds[2 * index], bounds[2 * index + 1]) >= 0;
    }

    /**
     * The content of a binary element.
     *
     * @param index of an element that {@link #isPlaceholder}
     * @return the content, not to be changed
     */
    public byte[] attachment(int index) {
        return attachments.get(placeholderAt(bounds[2 * index], bounds[2 * index + 1]));
    }

    /** The attachment of the placeholder that is exactly there, or -1. */
    int placeholderAt(int from, int to) {
        int i = placeholderFrom(from);
        return i < placeholders.length && placeholders[i] == from && placeholders[i + 1] == to
                ? placeholders[i + 2]
                : -1;
    }

    /** Where the placeholder that begins there ends, or -1. */
    int placeholderEnd(int from) {
        int i = placeholderFrom(from);
        return i < placeholders.length && placeholders[i] == from ? placeholders[i + 1] : -1;
    }

    /** The index of the first placeholder that begins there or later. */
    private int placeholderFrom(int position) {
        int low = 0;
        int high = placeholders.length / PLACEHOLDER_FIELDS;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (placeholders[middle * PLACEHOLDER_FIELDS] < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low * PLACEHOLDER_FIELDS;
    }

    String source() {
        return source;
    }

    int start() {
        return start;
    }

    /**
     * The attachments that placeholders number.
     *
     * @return their contents
     */
    public List<byte[]> attachments() {
        return attachments;
    }

    /**
     * Whether there is binary content.
     *
     * @return true if there are attachments
     */
    public boolean hasAttachments() {
        return !attachments.isEmpty();
    }

    /**
     * An element that is a string.
     *
     * @param index from 0, less than {@link #size}
     * @return the string; null if it is something else
     */
    public @Nullable String string(int index) {
        int from = bounds[2 * index];
        int to = bounds[2 * index + 1];
        return source.charAt(from) == '"' ? JsonText.unescape(source, from + 1, to - 1) : null;
    }

    /**
     * Starts to put elements together.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Confined to one thread. Puts elements together. */
    public static final class Builder {

        private final StringBuilder json = new StringBuilder(128).append('[');
        private int[] bounds = new int[8];
        private int count;
        private int[] placeholders = NONE;
        private int placeholderCount;
        private @Nullable List<byte[]> attachments;
        private boolean lookalike;

        private Builder() {}

        /**
         * Adds an element.
         *
         * @param text valid JSON without binary content
         * @return this
         * @throws IllegalArgumentException if it is found to be too deep
         */
        public Builder addJson(String text) {
            if (text.contains("\\u")) {
                return addAll(JsonScanner.plain(text)); // which sees through a key that is written with escapes
            }
            begin();
            json.append(text);
            return end();
        }

        /**
         * Adds an element with binary content.
         *
         * @param text valid JSON; its placeholders number the attachments
         * @param contents the attachments
         * @return this
         * @throws IllegalArgumentException if it is too deep
         */
        public Builder addJson(String text, List<byte[]> contents) {
            JsonArguments wrapped = JsonScanner.wrap(text, contents);
            return addAll(wrapped);
        }

        /**
         * Adds a string.
         *
         * @param text any
         * @return this
         */
        public Builder addString(String text) {
            begin();
            JsonText.appendQuoted(json, text);
            return end();
        }

        /**
         * Adds binary content.
         *
         * @param content must not change any more
         * @return this
         */
        public Builder addBinary(byte[] content) {
            begin();
            addPlaceholder(attach(content));
            return end();
        }

        /**
         * Adds null.
         *
         * @return this
         */
        public Builder addNull() {
            return addJson("null");
        }

        /**
         * Adds a whole number.
         *
         * @param number any
         * @return this
         */
        public Builder addNumber(long number) {
            begin();
            json.append(number);
            return end();
        }

        /**
         * Adds a truth value.
         *
         * @param truth any
         * @return this
         */
        public Builder addBoolean(boolean truth) {
            return addJson(truth ? "true" : "false");
        }

        /**
         * Adds all elements of others, unparsed.
         *
         * @param others the elements
         * @return this
         */
        public Builder addAll(JsonArguments others) {
            return addAll(others, 0, others.size());
        }

        /**
         * Adds some elements of others, unparsed, with the attachments that they refer to.
         *
         * @param others the elements
         * @param first from 0
         * @param end one after the last
         * @return this
         */
        public Builder addAll(JsonArguments others, int first, int end) {
            lookalike |= others.lookalike;
            int[] numbers = NONE;
            if (others.placeholders.length > 0) {
                numbers = new int[others.attachments.size()];
                Arrays.fill(numbers, -1);
            }
            for (int i = first; i < end; i++) {
                begin();
                copy(others, others.bounds[2 * i], others.bounds[2 * i + 1], numbers);
                end();
            }
            return this;
        }

        /** Copies an element's text; placeholders get the numbers that their attachments have here. */
        private void copy(JsonArguments others, int from, int to, int[] numbers) {
            int at = from;
            int next = others.placeholders.length == 0 ? 0 : others.placeholderFrom(from);
            while (next < others.placeholders.length && others.placeholders[next] < to) {
                int old = others.placeholders[next + 2];
                if (numbers[old] < 0) {
                    numbers[old] = attach(others.attachments.get(old));
                }
                json.append(others.source, at, others.placeholders[next]);
                addPlaceholder(numbers[old]);
                at = others.placeholders[next + 1];
                next += PLACEHOLDER_FIELDS;
            }
            json.append(others.source, at, to);
        }

        private int attach(byte[] content) {
            if (attachments == null) {
                attachments = new ArrayList<>(4);
            }
            attachments.add(content);
            return attachments.size() - 1;
        }

        private void addPlaceholder(int number) {
            if (placeholderCount + PLACEHOLDER_FIELDS > placeholders.length) {
                placeholders = Arrays.copyOf(placeholders, placeholders.length * 2 + 4 * PLACEHOLDER_FIELDS);
            }
            placeholders[placeholderCount] = json.length();
            json.append("{\"_placeholder\":true,\"num\":").append(number).append('}');
            placeholders[placeholderCount + 1] = json.length();
            placeholders[placeholderCount + 2] = number;
            placeholderCount += PLACEHOLDER_FIELDS;
        }

        private void begin() {
            if (count > 0) {
                json.append(',');
            }
            if (count + 2 > bounds.length) {
                bounds = Arrays.copyOf(bounds, bounds.length * 2);
            }
            bounds[count] = json.length();
        }

        private Builder end() {
            bounds[count + 1] = json.length();
            count += 2;
            return this;
        }

        /**
         * Completes.
         *
         * @return the elements
         * @throws IllegalArgumentException if plain data looks like a placeholder beside real ones: receivers would
         *     take it for binary content
         */
        public JsonArguments build() {
            String text = json.append(']').toString();
            if (attachments != null && (lookalike || JsonText.count(text, JsonText.LOOKALIKE) > placeholders())) {
                throw new IllegalArgumentException(
                        "expected no plain object with the key _placeholder beside binary content");
            }
            return new JsonArguments(
                    text,
                    0,
                    Arrays.copyOf(bounds, count),
                    placeholderCount == 0 ? NONE : Arrays.copyOf(placeholders, placeholderCount),
                    attachments == null ? List.of() : List.copyOf(attachments),
                    lookalike);
        }

        private int placeholders() {
            return placeholderCount / PLACEHOLDER_FIELDS;
        }
    }
}
