package io.portcullis.socketio.protocol;

/** Confined to one scan. Goes through a text token by token, and refuses what RFC 8259 does not allow. */
abstract class JsonLexer {

    final String source;
    int at;
    private final int end;
    private final int maxDigits;

    JsonLexer(String source, int start, int maxDigits) {
        this.source = source;
        this.at = start;
        this.end = source.length();
        this.maxDigits = maxDigits;
    }

    /** After a value: true if another one follows, false at the closing bracket, which is consumed. */
    final boolean more(char closing) {
        skipSpace();
        char c = next();
        if (c == ',') {
            skipSpace();
            return true;
        }
        if (c != closing) {
            throw new ProtocolException("expected a comma or the end of an array or object");
        }
        return false;
    }

    /** Reads a string; true if it has escapes. */
    final boolean string() {
        if (peek() != '"') {
            throw new ProtocolException("expected a string");
        }
        boolean escaped = false;
        int i = at + 1;
        while (true) {
            if (i >= end) {
                throw new ProtocolException("expected the end of a string");
            }
            char c = source.charAt(i++);
            if (c == '"') {
                at = i;
                return escaped;
            }
            if (c < ' ') {
                throw new ProtocolException("expected control characters to be escaped");
            }
            if (c == '\\') {
                escaped = true;
                i = escape(i);
            }
        }
    }

    private int escape(int position) {
        if (position < end) {
            char c = source.charAt(position);
            if ("\"\\/bfnrt".indexOf(c) >= 0) {
                return position + 1;
            }
            if (c == 'u' && position + 4 < end && isHex(position + 1)) {
                return position + 5;
            }
        }
        throw new ProtocolException("expected a valid escape");
    }

    final boolean isHex(int position) {
        for (int i = position; i < position + 4; i++) {
            char c = source.charAt(i);
            if (c > 'f' || Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return true;
    }

    final void literal(String word) {
        if (!source.startsWith(word, at)) {
            throw new ProtocolException("expected a JSON value");
        }
        at += word.length();
    }

    final void number() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        int first = at;
        digits();
        if (source.charAt(first) == '0' && at > first + 1) {
            throw new ProtocolException("expected a number without leading zeros");
        }
        if (at < end && source.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < end && (source.charAt(at) | 0x20) == 'e') {
            at++;
            if (at < end && (source.charAt(at) == '+' || source.charAt(at) == '-')) {
                at++;
            }
            digits();
        }
        if (at - start > maxDigits) {
            throw new ProtocolException("expected a number of at most " + maxDigits + " digits");
        }
    }

    final void digits() {
        int start = at;
        while (at < end && source.charAt(at) >= '0' && source.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw new ProtocolException("expected a JSON value");
        }
    }

    final void skipSpace() {
        while (at < end && isSpace(source.charAt(at))) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    final char peek() {
        if (at >= end) {
            throw new ProtocolException("expected more JSON");
        }
        return source.charAt(at);
    }

    final char next() {
        char c = peek();
        at++;
        return c;
    }

    final void expect(char c) {
        if (next() != c) {
            throw new ProtocolException("expected '" + c + "'");
        }
    }

    final void expectEnd() {
        skipSpace();
        if (at < end) {
            throw new ProtocolException("expected the end of the packet");
        }
    }
}
