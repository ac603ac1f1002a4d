package io.portcullis.socketio.runtime;

import io.portcullis.socketio.protocol.JsonArguments;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.BitSet;

/**
 * Confined to one thread. Refuses forged placeholders: beside real binary content, data that merely looks like a
 * placeholder would be taken for one by every receiver, and a wrong number in it ends the receiver's connection. Such
 * data is harmless in a packet without attachments, so a client may well have sent it.
 */
final class Placeholders {

    private final BitSet seen = new BitSet();
    private final int attachments;

    private Placeholders(int attachments) {
        this.attachments = attachments;
    }

    /**
     * Checks a packet that is about to be sent: each attachment has one placeholder, and there are no others.
     *
     * @throws IllegalArgumentException if there are
     */
    static void check(JsonArguments elements, ArgumentBinder binder) {
        if (!elements.hasAttachments()) {
            return;
        }
        Placeholders placeholders = new Placeholders(elements.attachments().size());
        for (int i = 0; i < elements.size(); i++) {
            if (mayHave(elements.text(i))) {
                placeholders.visit(binder.json(elements, i));
            }
        }
    }

    /** The name may be written with escapes. */
    private static boolean mayHave(String text) {
        return text.contains("_placeholder") || text.contains("\\u");
    }

    private void visit(JsonValue value) {
        if (value instanceof JsonArray array) {
            array.forEach(this::visit);
        } else if (value instanceof JsonObject object) {
            if (isOne(object)) {
                count(index(object, attachments));
            }
            object.values().forEach(this::visit);
        }
    }

    static boolean isOne(JsonObject object) {
        return object.get("_placeholder") == JsonValue.TRUE;
    }

    /** Which of so many attachments a placeholder stands for; -1 for none of them. */
    static int index(JsonObject placeholder, int attachments) {
        if (placeholder.get("num") instanceof JsonNumber number
                && number.isIntegral()
                && number.bigIntegerValue().bitLength() < Integer.SIZE) {
            int index = number.intValue();
            return index >= 0 && index < attachments ? index : -1;
        }
        return -1;
    }

    private void count(int num) {
        if (num < 0 || seen.get(num)) {
            throw new IllegalArgumentException(
                    "expected no object with \"_placeholder\": true beside binary content, found one");
        }
        seen.set(num);
    }
}
