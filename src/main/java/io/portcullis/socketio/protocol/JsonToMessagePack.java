package io.portcullis.socketio.protocol;

import java.io.IOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;

/** Confined to one packet. Writes valid JSON text as MessagePack, with attachments in place of their placeholders. */
final class JsonToMessagePack {

    private static final int LONG_DIGITS = 18;
    private static final BigInteger MAX_UNSIGNED = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final BigInteger MIN_SIGNED = BigInteger.valueOf(Long.MIN_VALUE);

    private final String json;
    private final @Nullable JsonArguments arguments;
    private final MessageBufferPacker out;
    private int at;
    private @Nullable MemberCounts counts;

    JsonToMessagePack(String json, int start, @Nullable JsonArguments arguments, MessageBufferPacker out) {
        this.json = json;
        this.at = start;
        this.arguments = arguments;
        this.out = out;
    }

    /**
     * Writes the value here.
     *
     * @throws IllegalArgumentException if it is too deep
     */
    void value() throws IOException {
        skipSpace();
        switch (json.charAt(at)) {
            case '"' -> out.packString(string());
            case '{' -> object();
            case '[' -> array();
            case 't' -> literal(4).packBoolean(true);
            case 'f' -> literal(5).packBoolean(false);
            case 'n' -> literal(4).packNil();
            default -> number();
        }
    }

    private MessageBufferPacker literal(int length) {
        at += length;
        return out;
    }

    private void array() throws IOException {
        out.packArrayHeader(count());
        at++;
        while (!atEnd(']')) {
            value();
        }
    }

    private void object() throws IOException {
        int end = arguments == null ? -1 : arguments.placeholderEnd(at);
        if (end >= 0 && arguments != null) {
            byte[] content = arguments.attachments().get(arguments.placeholderAt(at, end));
            out.packBinaryHeader(content.length).writePayload(content);
            at = end;
            return;
        }
        out.packMapHeader(count());
        at++;
        while (!atEnd('}')) {
            out.packString(string());
            skipSpace();
            at++; // the colon
            value();
        }
    }

    /** Moves to the next member; true if there is none, and past the bracket then. */
    private boolean atEnd(char closing) {
        skipSpace();
        if (json.charAt(at) == ',') {
            at++;
            skipSpace();
        }
        if (json.charAt(at) == closing) {
            at++;
            return true;
        }
        return false;
    }

    private int count() {
        MemberCounts known = counts == null ? new MemberCounts(json, at, arguments) : counts;
        counts = known;
        return known.next();
    }

    private String string() {
        int end = JsonText.stringEnd(json, at);
        String text = JsonText.unescape(json, at + 1, end);
        at = end + 1;
        return text;
    }

    private void number() throws IOException {
        int start = at;
        boolean whole = true;
        while (at < json.length() && "+-.eE0123456789".indexOf(json.charAt(at)) >= 0) {
            char c = json.charAt(at++);
            whole &= c != '.' && c != 'e' && c != 'E';
        }
        String text = json.substring(start, at);
        if (whole && text.length() <= LONG_DIGITS) {
            out.packLong(Long.parseLong(text));
        } else {
            large(text, whole);
        }
    }

    private void large(String text, boolean whole) throws IOException {
        BigInteger number = whole && text.length() <= 21 ? new BigInteger(text) : MAX_UNSIGNED.add(BigInteger.ONE);
        if (number.compareTo(MAX_UNSIGNED) <= 0 && number.compareTo(MIN_SIGNED) >= 0) {
            out.packBigInteger(number);
        } else {
            out.packDouble(Double.parseDouble(text));
        }
    }

    private void skipSpace() {
        while (json.charAt(at) <= ' ') {
            at++;
        }
    }
}
