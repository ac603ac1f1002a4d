package io.portcullis.socketio.protocol;

import java.util.Arrays;
import java.util.List;

/** Confined to one packet. Writes the elements of a packet as JSON text and notes where they and their placeholders are. */
final class JsonWriter {

    private final StringBuilder json = new StringBuilder(128).append('[');
    private final List<byte[]> attachments;
    private int[] bounds = new int[8];
    private int boundCount;
    private int[] placeholders = {};
    private int placeholderCount;

    JsonWriter(List<byte[]> attachments) {
        this.attachments = attachments;
    }

    void beginElement() {
        if (boundCount > 0) {
            json.append(',');
        }
        bound();
    }

    void endElement() {
        bound();
    }

    private void bound() {
        if (boundCount == bounds.length) {
            bounds = Arrays.copyOf(bounds, bounds.length * 2);
        }
        bounds[boundCount++] = json.length();
    }

    void text(String text) {
        json.append(text);
    }

    void string(String text) {
        JsonText.appendQuoted(json, text);
    }

    /** As JSON.stringify does: a whole number without a point, nothing for what JSON cannot say. */
    void number(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            json.append("null");
        } else if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            json.append((long) number);
        } else {
            json.append(number);
        }
    }

    void binary(byte[] content) {
        int start = json.length();
        json.append("{\"_placeholder\":true,\"num\":")
                .append(attachments.size())
                .append('}');
        if (placeholderCount == placeholders.length) {
            placeholders = Arrays.copyOf(placeholders, placeholders.length * 2 + 12);
        }
        placeholders[placeholderCount++] = start;
        placeholders[placeholderCount++] = json.length();
        placeholders[placeholderCount++] = attachments.size();
        attachments.add(content);
    }

    JsonArguments build() {
        String text = json.append(']').toString();
        boolean lookalike = JsonText.count(text, JsonText.LOOKALIKE) > attachments.size();
        return new JsonArguments(
                text,
                0,
                Arrays.copyOf(bounds, boundCount),
                Arrays.copyOf(placeholders, placeholderCount),
                List.copyOf(attachments),
                lookalike);
    }
}
