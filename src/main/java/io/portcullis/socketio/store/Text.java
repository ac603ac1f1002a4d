package io.portcullis.socketio.store;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Pure functions. What every database keeps as it was given. */
final class Text {

    private static final String ELLIPSIS = "…";

    private Text() {}

    static @Nullable String fitOrNull(@Nullable String text, int length) {
        return text == null ? null : fit(text, length);
    }

    /**
     * Cuts a text to a column's length, between characters. PostgreSQL has no U+0000, and half of a surrogate pair is no
     * character anywhere: an event must not be lost because a client put one into a name.
     */
    static String fit(String text, int length) {
        String cut = text;
        if (text.length() > length) {
            int end = length - ELLIPSIS.length();
            cut = text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
        }
        String sound = new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return sound.replace('\0', '\uFFFD');
    }
}
