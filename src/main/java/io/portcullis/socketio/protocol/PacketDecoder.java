package io.portcullis.socketio.protocol;

import org.jspecify.annotations.Nullable;

/** Confined to its session. Reads packets, message by message. */
public interface PacketDecoder {

    /**
     * Takes a text message.
     *
     * @param message its content
     * @return the packet; null while attachments are awaited
     * @throws ProtocolException if it is not valid; the decoder must not be used any more
     */
    @Nullable Packet decodeText(String message);

    /**
     * Takes a binary message.
     *
     * @param message its content, which the decoder keeps
     * @return the packet; null while further attachments are awaited
     * @throws ProtocolException if it is not valid; the decoder must not be used any more
     */
    @Nullable Packet decodeBinary(byte[] message);

    /**
     * Whether attachments are awaited.
     *
     * @return true between a packet's text and its last attachment
     */
    boolean isIncomplete();
}
