package io.portcullis.socketio.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/** Immutable, thread-safe. Writes packets as MessagePack. Source: socket.io-msgpack-parser 3. */
final class MessagePackEncoder implements PacketEncoder {

    @Override
    public EncodedPacket encode(Packet packet) {
        try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
            write(packet, out);
            return new EncodedPacket(null, List.of(out.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }

    private static void write(Packet packet, MessageBufferPacker out) throws IOException {
        if (packet instanceof Packet.Event event) {
            head(out, 2, packet, event.id() == Packet.NO_ID ? 3 : 4);
            data(out, event.data());
            id(out, event.id());
        } else if (packet instanceof Packet.Ack ack) {
            head(out, 3, packet, 4);
            data(out, ack.data());
            id(out, ack.id());
        } else if (packet instanceof Packet.Connect connect) {
            head(out, 0, packet, connect.data() == null ? 2 : 3);
            data(out, connect.data());
        } else if (packet instanceof Packet.ConnectError error) {
            head(out, 4, packet, 3);
            data(out, error.data());
        } else {
            head(out, 1, packet, 2);
        }
    }

    private static void head(MessageBufferPacker out, int type, Packet packet, int fields) throws IOException {
        out.packMapHeader(fields);
        out.packString("type").packInt(type);
        out.packString("nsp").packString(packet.namespace());
    }

    private static void id(MessageBufferPacker out, long id) throws IOException {
        if (id != Packet.NO_ID) {
            out.packString("id").packLong(id);
        }
    }

    private static void data(MessageBufferPacker out, JsonArguments data) throws IOException {
        out.packString("data");
        new JsonToMessagePack(data.source(), data.start(), data, out).value();
    }

    private static void data(MessageBufferPacker out, @Nullable String json) throws IOException {
        if (json != null) {
            out.packString("data");
            new JsonToMessagePack(json, 0, null, out).value();
        }
    }
}
