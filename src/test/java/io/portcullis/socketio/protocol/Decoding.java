package io.portcullis.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Pure functions that decode with the default limits. */
final class Decoding {

    static final DecoderLimits LIMITS = new DecoderLimits(10, 10_000_000, 200, 100, false);

    private Decoding() {}

    static Packet text(String message, byte[]... attachments) {
        PacketDecoder decoder = Parser.JSON.decoder(LIMITS);
        Packet packet = decoder.decodeText(message);
        for (byte[] attachment : attachments) {
            assertThat(packet).isNull();
            assertThat(decoder.isIncomplete()).isTrue();
            packet = decoder.decodeBinary(attachment);
        }
        assertThat(packet).isNotNull();
        assertThat(decoder.isIncomplete()).isFalse();
        return packet;
    }

    static Packet messagePack(byte[] message) {
        return Parser.MESSAGE_PACK.decoder(LIMITS).decodeBinary(message);
    }

    static void refusesText(String message) {
        assertThatThrownBy(() -> Parser.JSON.decoder(LIMITS).decodeText(message))
                .as(message)
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("expected ");
    }

    static void refusesMessagePack(byte[] message) {
        assertThatThrownBy(() -> messagePack(message))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("expected ");
    }
}
