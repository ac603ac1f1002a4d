package io.portcullis.socketio.protocol;

/** Immutable, thread-safe. Writes packets. */
@FunctionalInterface
public interface PacketEncoder {

    /**
     * Writes a packet.
     *
     * @param packet the packet
     * @return what a transport sends
     */
    EncodedPacket encode(Packet packet);
}
