package io.portcullis.socketio.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Confined to one test. Makes random values as JSON text with placeholders, in the form in which our writers write. */
final class RandomJson {

    private static final String CHARACTERS = "ab_\"\\/\b\f\n\r\t\u0000\u001f\u007f\u00e9\u20ac\u2028{}[],:0";

    final List<byte[]> attachments = new ArrayList<>();
    private final Random random;

    RandomJson(Random random) {
        this.random = random;
    }

    String value(int depth) {
        switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0:
                return random.nextBoolean() ? "true" : "false";
            case 1:
                return "null";
            case 2:
                return String.valueOf(random.nextLong() >> random.nextInt(64));
            case 3:
                return String.valueOf(random.nextInt(1_000_000) + 0.0625);
            case 4, 5:
                return quoted(string(random, false));
            case 6:
                return binary();
            case 7:
                return array(depth);
            default:
                return object(depth);
        }
    }

    private String binary() {
        byte[] content = new byte[random.nextInt(20)];
        random.nextBytes(content);
        attachments.add(content);
        return "{\"_placeholder\":true,\"num\":" + (attachments.size() - 1) + "}";
    }

    private String array(int depth) {
        List<String> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            elements.add(value(depth - 1));
        }
        return "[" + String.join(",", elements) + "]";
    }

    private String object(int depth) {
        List<String> members = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            members.add(quoted(i + string(random, false)) + ":" + value(depth - 1));
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder();
        JsonText.appendQuoted(out, text);
        return out.toString();
    }

    static String string(Random random, boolean loneSurrogates) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 300 : 12); i > 0; i--) {
            int kind = random.nextInt(8);
            if (kind == 0) {
                text.appendCodePoint(0x1F600 + random.nextInt(64));
            } else if (kind == 1 && loneSurrogates) {
                text.append((char) (0xD800 + random.nextInt(0x800)));
            } else {
                text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
        }
        return text.toString();
    }
}
