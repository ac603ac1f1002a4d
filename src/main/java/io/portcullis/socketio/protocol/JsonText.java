package io.portcullis.socketio.protocol;

/** Pure functions for JSON strings. */
final class JsonText {

    /** What a placeholder has and plain data should not; inside a JSON string its quotes would be escaped. */
    static final String LOOKALIKE = "\"_placeholder\":true";

    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /** Writes a string as JSON.stringify does: only what must be escaped is, lone surrogates included. */
    static void appendQuoted(StringBuilder out, String text) {
        out.append('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || isLone(text, i)) {
                out.append(text, from, i);
                appendEscaped(out, c);
                from = i + 1;
            }
        }
        out.append(text, from, text.length()).append('"');
    }

    private static boolean isLone(String text, int i) {
        char c = text.charAt(i);
        if (!Character.isSurrogate(c)) {
            return false;
        }
        return Character.isHighSurrogate(c)
                ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
                : i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
    }

    private static void appendEscaped(StringBuilder out, char c) {
        out.append('\\');
        switch (c) {
            case '"', '\\' -> out.append(c);
            case '\b' -> out.append('b');
            case '\f' -> out.append('f');
            case '\n' -> out.append('n');
            case '\r' -> out.append('r');
            case '\t' -> out.append('t');
            default -> out.append('u')
                    .append(HEX.charAt(c >> 12))
                    .append(HEX.charAt(c >> 8 & 15))
                    .append(HEX.charAt(c >> 4 & 15))
                    .append(HEX.charAt(c & 15));
        }
    }

    /** Reads the inside of a valid JSON string. */
    static String unescape(String source, int from, int to) {
        int escape = source.indexOf('\\', from);
        if (escape < 0 || escape >= to) {
            return source.substring(from, to);
        }
        StringBuilder out = new StringBuilder(to - from);
        int at = from;
        while (escape >= 0 && escape < to) {
            out.append(source, at, escape);
            char c = source.charAt(escape + 1);
            if (c == 'u') {
                out.append((char) Integer.parseInt(source, escape + 2, escape + 6, 16));
                at = escape + 6;
            } else {
                out.append(unescaped(c));
                at = escape + 2;
            }
            escape = source.indexOf('\\', at);
        }
        return out.append(source, at, to).toString();
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }

    /** Where the quote is that ends a valid JSON string. */
    static int stringEnd(String source, int start) {
        int i = start + 1;
        while (source.charAt(i) != '"') {
            i += source.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }
}
