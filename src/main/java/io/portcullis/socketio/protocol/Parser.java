package io.portcullis.socketio.protocol;

/** Immutable. The ways to write packets; both ends of a connection must use the same. */
public enum Parser {
    /** Socket.IO's default: text, with binary content in messages of its own. */
    JSON {
        @Override
        public PacketEncoder encoder() {
            return new TextEncoder();
        }

        @Override
        public PacketDecoder decoder(DecoderLimits limits) {
            return new TextDecoder(limits);
        }
    },
    /** One binary message for each packet, as the npm package socket.io-msgpack-parser writes it. */
    MESSAGE_PACK {
        @Override
        public PacketEncoder encoder() {
            return new MessagePackEncoder();
        }

        @Override
        public PacketDecoder decoder(DecoderLimits limits) {
            return new MessagePackDecoder(limits);
        }
    };

    /**
     * Makes an encoder.
     *
     * @return one that all sessions can share
     */
    public abstract PacketEncoder encoder();

    /**
     * Makes a decoder.
     *
     * @param limits what it bears
     * @return one for a single session
     */
    public abstract PacketDecoder decoder(DecoderLimits limits);
}
