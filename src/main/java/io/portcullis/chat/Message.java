package io.portcullis.chat;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Immutable. What somebody has said: a text or a picture. */
public record Message(
        UUID id,
        String topic,
        String author,
        @Nullable String text,
        Instant at,
        byte @Nullable [] picture,
        @Nullable String pictureType) {

    static Message text(String topic, String author, String text) {
        return new Message(UUID.randomUUID(), topic, author, text, Instant.now(), null, null);
    }

    static Message picture(String topic, String author, String type, byte[] picture) {
        return new Message(UUID.randomUUID(), topic, author, null, Instant.now(), picture, type);
    }
}
