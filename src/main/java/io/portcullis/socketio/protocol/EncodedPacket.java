package io.portcullis.socketio.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. A packet ready for any transport: a text message, if there is one, and the binary messages that follow it
 * directly.
 *
 * @param text the text message; null with MessagePack, whose packets are one binary message
 * @param attachments the binary messages
 */
public record EncodedPacket(@Nullable String text, List<byte[]> attachments) {

    /** Copies the list. */
    public EncodedPacket {
        attachments = List.copyOf(attachments);
    }
}
