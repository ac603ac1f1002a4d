package io.portcullis.socketio.protocol;

import java.util.List;

/** Immutable, thread-safe. Writes packets as text. Source: Socket.IO protocol 5, "Packet encoding". */
final class TextEncoder implements PacketEncoder {

    private static final int HEAD = 32;

    @Override
    public EncodedPacket encode(Packet packet) {
        if (packet instanceof Packet.Event event) {
            return withArguments(
                    event.data().hasAttachments() ? '5' : '2', event.namespace(), event.id(), event.data());
        }
        if (packet instanceof Packet.Ack ack) {
            return withArguments(ack.data().hasAttachments() ? '6' : '3', ack.namespace(), ack.id(), ack.data());
        }
        StringBuilder out = new StringBuilder(HEAD);
        if (packet instanceof Packet.Connect connect) {
            out.append('0');
            namespace(out, packet.namespace());
            if (connect.data() != null) {
                out.append(connect.data());
            }
        } else if (packet instanceof Packet.ConnectError error) {
            out.append('4');
            namespace(out, packet.namespace());
            out.append(error.data());
        } else {
            out.append('1');
            namespace(out, packet.namespace());
        }
        return new EncodedPacket(out.toString(), List.of());
    }

    private static EncodedPacket withArguments(char type, String namespace, long id, JsonArguments data) {
        StringBuilder out = new StringBuilder(HEAD + namespace.length() + data.length()).append(type);
        if (data.hasAttachments()) {
            out.append(data.attachments().size()).append('-');
        }
        namespace(out, namespace);
        if (id != Packet.NO_ID) {
            out.append(id);
        }
        data.appendTo(out);
        return new EncodedPacket(out.toString(), data.attachments());
    }

    private static void namespace(StringBuilder out, String namespace) {
        if (!namespace.equals("/")) {
            out.append(namespace).append(',');
        }
    }
}
