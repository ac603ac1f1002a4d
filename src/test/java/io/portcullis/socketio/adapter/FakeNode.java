package io.portcullis.socketio.adapter;

import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.RemoteSocket;
import io.portcullis.socketio.RoomEvent;
import io.portcullis.socketio.protocol.JsonArguments;
import io.portcullis.socketio.protocol.Packet;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

/** Thread-safe. A node whose sockets are ids; notes what happens to them. */
final class FakeNode implements LocalSockets {

    record FakeMember(String id) implements Member {}

    private static final Handshake HANDSHAKE = new Handshake(
            "default",
            "/",
            Map.of(),
            Map.of(),
            "127.0.0.1",
            false,
            false,
            Instant.EPOCH,
            null,
            JsonValue.EMPTY_JSON_OBJECT);

    /** What was sent, to whom. */
    final List<String> delivered = Collections.synchronizedList(new ArrayList<>());

    final List<String> roomEvents = Collections.synchronizedList(new ArrayList<>());
    final List<String> disconnected = new ArrayList<>();

    /** Called after each event of a room. */
    Runnable observer = () -> {};

    /** Called while an event is encoded. */
    Runnable encoder = () -> {};

    /** Those for whom nothing can be queued. */
    final Set<String> broken = new HashSet<>();

    int encoded;

    static Packet.Event event(String name) {
        return new Packet.Event(
                "/chat", Packet.NO_ID, JsonArguments.builder().addString(name).build());
    }

    @Override
    public Outgoing encode(Packet.Event event, Flags flags) {
        encoded++;
        encoder.run();
        String text = event.data().text();
        return new Outgoing() {
            @Override
            public void sendTo(Member member) {
                delivered.add(member.id() + text);
            }

            @Override
            public void enqueueFor(Member member, long sequence) {
                if (broken.contains(member.id())) {
                    throw new RejectedExecutionException(member.id());
                }
                delivered.add(member.id() + text + "#" + sequence);
            }
        };
    }

    @Override
    public void flush(Member member, Packet.Event event) {
        delivered.add("flush " + member.id());
    }

    @Override
    public void cutOff(Member member) {
        disconnected.add(member.id() + " is cut off");
    }

    @Override
    public RemoteSocket describe(Member member) {
        return new RemoteSocket(member.id(), HANDSHAKE, Set.of(), Map.of());
    }

    @Override
    public void disconnect(Member member, boolean close) {
        disconnected.add(member.id() + (close ? "!" : ""));
    }

    @Override
    public void roomChanged(RoomEvent.Type type, String room, String socketId) {
        roomEvents.add(type + " " + room + (socketId == null ? "" : " " + socketId));
        observer.run();
    }
}
