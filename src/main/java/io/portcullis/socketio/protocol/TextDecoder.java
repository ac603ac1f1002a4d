package io.portcullis.socketio.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Confined to its session. Reads packets that are text. Source: Socket.IO protocol 5, "Packet encoding". */
final class TextDecoder implements PacketDecoder {

    private static final long MAX_ID = 1L << 53;
    private static final int MAX_COUNT_DIGITS = 9;

    private final DecoderLimits limits;
    private @Nullable Packet incomplete;
    private int awaited;
    private long bytes;
    private final List<byte[]> arrived = new ArrayList<>(2);

    TextDecoder(DecoderLimits limits) {
        this.limits = limits;
    }

    @Override
    public boolean isIncomplete() {
        return incomplete != null;
    }

    @Override
    public @Nullable Packet decodeText(String message) {
        if (incomplete != null) {
            throw new ProtocolException("expected an attachment");
        }
        if (message.isEmpty()) {
            throw new ProtocolException("expected a packet");
        }
        char type = message.charAt(0);
        if (type < '0' || type > '6') {
            throw new ProtocolException("expected a packet type from 0 to 6");
        }
        boolean binary = type >= '5';
        int dash = binary ? message.indexOf('-') : 0;
        int attachments = binary ? attachments(message, dash) : -1;
        Packet packet = decode(message, dash + 1, type, attachments);
        if (!binary) {
            return packet;
        }
        incomplete = packet;
        awaited = attachments;
        return null;
    }

    private int attachments(String message, int dash) {
        int count = 0;
        if (dash > 1 && dash <= 1 + MAX_COUNT_DIGITS) {
            for (int i = 1; i < dash; i++) {
                char c = message.charAt(i);
                if (c < '0' || c > '9') {
                    throw new ProtocolException("expected a number of attachments");
                }
                count = count * 10 + c - '0';
            }
        }
        if (count < 1 || count > limits.maxAttachments()) {
            throw new ProtocolException("expected 1 to " + limits.maxAttachments() + " attachments");
        }
        return count;
    }

    private Packet decode(String message, int position, char type, int attachments) {
        int at = position;
        String namespace = "/";
        if (at < message.length() && message.charAt(at) == '/') {
            int comma = message.indexOf(',', at);
            namespace = comma < 0 ? message.substring(at) : message.substring(at, comma);
            at = comma < 0 ? message.length() : comma + 1;
        }
        int idStart = at;
        long id = 0;
        while (at < message.length() && message.charAt(at) >= '0' && message.charAt(at) <= '9') {
            id = id * 10 + message.charAt(at++) - '0';
            if (id > MAX_ID) {
                throw new ProtocolException("expected an acknowledgement id of at most 2^53");
            }
        }
        return packet(message, at, new Head(type, namespace, at == idStart ? Packet.NO_ID : id, attachments));
    }

    private record Head(char type, String namespace, long id, int attachments) {}

    private Packet packet(String message, int at, Head head) {
        return switch (head.type()) {
            case '0' -> new Packet.Connect(withoutId(head).namespace(), JsonScanner.objectOrNull(message, at, limits));
            case '1' -> {
                if (at < message.length()) {
                    throw new ProtocolException("expected nothing after a disconnect");
                }
                yield new Packet.Disconnect(withoutId(head).namespace());
            }
            case '2', '5' -> new Packet.Event(
                    head.namespace(), head.id(), checkName(array(message, at, head.attachments())));
            case '3', '6' -> {
                if (head.id() == Packet.NO_ID) {
                    throw new ProtocolException("expected an acknowledgement id");
                }
                yield new Packet.Ack(head.namespace(), head.id(), array(message, at, head.attachments()));
            }
            default -> new Packet.ConnectError(head.namespace(), message.substring(at));
        };
    }

    private static Head withoutId(Head head) {
        if (head.id() != Packet.NO_ID) {
            throw new ProtocolException("expected no acknowledgement id");
        }
        return head;
    }

    private JsonArguments array(String message, int at, int attachments) {
        return new JsonScanner(message, at, limits, attachments).array();
    }

    /** "An array whose first element is a number, or text that is not reserved." */
    static JsonArguments checkName(JsonArguments data) {
        if (data.size() > 0) {
            String name = data.string(0);
            if (name != null ? !ReservedEvents.contains(name) : isNumber(data.text(0))) {
                return data;
            }
        }
        throw new ProtocolException("expected the name of an event");
    }

    private static boolean isNumber(String text) {
        char c = text.charAt(0);
        return c == '-' || c >= '0' && c <= '9';
    }

    @Override
    public @Nullable Packet decodeBinary(byte[] message) {
        if (incomplete == null) {
            throw new ProtocolException("expected no attachment");
        }
        bytes += message.length;
        if (bytes > limits.maxAttachmentBytes()) {
            throw new ProtocolException("expected attachments of at most " + limits.maxAttachmentBytes() + " bytes");
        }
        arrived.add(message);
        return arrived.size() < awaited ? null : complete(incomplete);
    }

    private Packet complete(Packet packet) {
        List<byte[]> attachments = List.copyOf(arrived);
        arrived.clear();
        bytes = 0;
        incomplete = null;
        return packet instanceof Packet.Event event
                ? new Packet.Event(event.namespace(), event.id(), event.data().withAttachments(attachments))
                : ack((Packet.Ack) packet, attachments);
    }

    private static Packet ack(Packet.Ack ack, List<byte[]> attachments) {
        return new Packet.Ack(ack.namespace(), ack.id(), ack.data().withAttachments(attachments));
    }
}
