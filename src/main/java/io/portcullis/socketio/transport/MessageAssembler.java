package io.portcullis.socketio.transport;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Confined to its WebSocket. Puts fragments together and enforces the largest message in bytes before it is complete: no
 * container does so for every kind of message.
 */
final class MessageAssembler {

    private final int maxBytes;
    private final Consumer<String> texts;
    private final Consumer<byte[]> binaries;
    private final Runnable tooBig;
    private @Nullable StringBuilder text;
    private @Nullable ByteArrayOutputStream binary;
    private long bytes;
    private boolean refused;

    MessageAssembler(int maxBytes, Consumer<String> texts, Consumer<byte[]> binaries, Runnable tooBig) {
        this.maxBytes = maxBytes;
        this.texts = texts;
        this.binaries = binaries;
        this.tooBig = tooBig;
    }

    void text(String part, boolean last) {
        // a char is at most three bytes of UTF-8: most messages need no counting
        boolean fits = bytes == 0 && part.length() * 3L <= maxBytes;
        if (!(fits && last) && exceeds(utf8Length(part))) {
            return;
        }
        if (last && text == null) {
            bytes = 0;
            texts.accept(part);
            return;
        }
        StringBuilder whole = text == null ? new StringBuilder(part.length() * 2) : text;
        text = last ? null : whole;
        whole.append(part);
        if (last) {
            bytes = 0;
            texts.accept(whole.toString());
        }
    }

    void binary(byte[] part, boolean last) {
        if (exceeds(part.length)) {
            return;
        }
        if (last && binary == null) {
            bytes = 0;
            binaries.accept(part);
            return;
        }
        ByteArrayOutputStream whole = binary == null ? new ByteArrayOutputStream() : binary;
        binary = last ? null : whole;
        whole.writeBytes(part);
        if (last) {
            bytes = 0;
            binaries.accept(whole.toByteArray());
        }
    }

    private boolean exceeds(long more) {
        bytes += more;
        if (!refused && bytes > maxBytes) {
            refused = true;
            text = null;
            binary = null;
            tooBig.run();
        }
        return refused;
    }

    static long utf8Length(String part) {
        long length = part.length();
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c >= 0x80) {
                length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return length;
    }
}
