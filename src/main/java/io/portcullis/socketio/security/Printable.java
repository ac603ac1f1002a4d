package io.portcullis.socketio.security;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Pure functions that make what a client has written safe to show: no character ends a line, colours a terminal, turns the
 * direction of writing or is invisible.
 */
public final class Printable {

    private static final int LONGEST = 200;

    private Printable() {}

    /**
     * Makes a text printable.
     *
     * @param text what a client has written
     * @return the same with each dangerous character as {@code \}{@code u} and four or more hexadecimal digits; at most 200
     *     characters and an ellipsis
     */
    public static String of(String text) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), LONGEST) + 1);
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (safe.length() >= LONGEST) {
                return safe.append('…').toString();
            }
            if (isDangerous(c)) {
                safe.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                safe.appendCodePoint(c);
            }
        }
        return safe.toString();
    }

    static @Nullable String orNull(@Nullable String text) {
        return text == null ? null : of(text);
    }

    private static boolean isDangerous(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
