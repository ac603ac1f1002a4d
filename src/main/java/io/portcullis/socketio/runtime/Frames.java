package io.portcullis.socketio.runtime;

import io.portcullis.socketio.engine.EnginePacket;
import io.portcullis.socketio.protocol.EncodedPacket;
import java.util.ArrayList;
import java.util.List;

/**
 * Immutable. A Socket.IO packet as Engine.IO packets, made once for all who receive it: a first one, and its attachments,
 * which follow directly.
 */
record Frames(EnginePacket first, List<EnginePacket> rest) {

    static Frames of(EncodedPacket packet, boolean compress) {
        List<byte[]> attachments = packet.attachments();
        String text = packet.text();
        if (text != null && attachments.isEmpty()) {
            return new Frames(EnginePacket.message(text, compress), List.of());
        }
        List<EnginePacket> all = new ArrayList<>(attachments.size() + 1);
        if (text != null) {
            all.add(EnginePacket.message(text, compress));
        }
        for (byte[] attachment : attachments) {
            all.add(EnginePacket.message(attachment, compress));
        }
        return new Frames(all.get(0), List.copyOf(all.subList(1, all.size())));
    }

    List<EnginePacket> all() {
        if (rest.isEmpty()) {
            return List.of(first);
        }
        List<EnginePacket> all = new ArrayList<>(rest.size() + 1);
        all.add(first);
        all.addAll(rest);
        return all;
    }
}
