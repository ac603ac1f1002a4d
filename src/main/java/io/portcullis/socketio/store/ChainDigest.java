package io.portcullis.socketio.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Digests of entries and of the chain's head: SHA-256, or HMAC-SHA-256 when there is a key. Each number is eight
 * bytes and each text its length and its bytes, so that no two entries are encoded alike.
 */
final class ChainDigest {

    private static final long ENTRY = 1;
    private static final long HEAD = 2;
    private static final int ABSENT = -1;

    private final byte @Nullable [] key;

    private ChainDigest(byte @Nullable [] key) {
        this.key = key;
    }

    /** Anybody can make these: they show accidents, and changes by those who do not know how. */
    static ChainDigest unkeyed() {
        return new ChainDigest(null);
    }

    static ChainDigest keyed(byte[] key) {
        return new ChainDigest(key.clone());
    }

    /** The digest of an entry and, through the one before it, of all before it. */
    String of(SecurityEventRow row, String previousDigest) {
        return digest(sink -> {
            number(sink, ENTRY);
            text(sink, previousDigest);
            all(sink, row.numbers(), row.texts());
        });
    }

    String of(ChainHead head) {
        return digest(sink -> {
            number(sink, HEAD);
            all(sink, head.numbers(), head.texts());
        });
    }

    private static void all(Consumer<byte[]> sink, List<Long> numbers, List<? extends @Nullable String> texts) {
        numbers.forEach(number -> number(sink, number));
        texts.forEach(text -> text(sink, text));
    }

    private static void number(Consumer<byte[]> sink, long number) {
        sink.accept(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    private static void text(Consumer<byte[]> sink, @Nullable String text) {
        if (text == null) {
            number(sink, ABSENT);
        } else {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            number(sink, bytes.length);
            sink.accept(bytes);
        }
    }

    private String digest(Consumer<Consumer<byte[]>> content) {
        try {
            byte[] result;
            if (key == null) {
                MessageDigest sha = MessageDigest.getInstance("SHA-256");
                content.accept(sha::update);
                result = sha.digest();
            } else {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                content.accept(mac::update);
                result = mac.doFinal();
            }
            return HexFormat.of().formatHex(result);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
