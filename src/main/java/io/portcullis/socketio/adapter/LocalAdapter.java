package io.portcullis.socketio.adapter;

import io.portcullis.socketio.RemoteSocket;
import io.portcullis.socketio.adapter.LocalSockets.Member;
import io.portcullis.socketio.protocol.JsonArguments;
import io.portcullis.socketio.protocol.Packet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Thread-safe. The adapter of a server that is alone. */
public final class LocalAdapter implements Adapter {

    private static final System.Logger LOG = System.getLogger(LocalAdapter.class.getName());

    private final LocalSockets sockets;
    private final Rooms rooms;
    private final @Nullable RecoveryLog log;

    /**
     * Without recovery.
     *
     * @param sockets this node's part of the namespace
     */
    public LocalAdapter(LocalSockets sockets) {
        this(sockets, null);
    }

    /**
     * With recovery.
     *
     * @param sockets this node's part of the namespace
     * @param limits what is kept
     * @param nanoTime the monotonic clock
     * @param prefix what all offsets begin with; unguessable
     */
    public LocalAdapter(LocalSockets sockets, RecoveryLog.Limits limits, LongSupplier nanoTime, String prefix) {
        this(sockets, new RecoveryLog(limits, nanoTime, prefix));
    }

    private LocalAdapter(LocalSockets sockets, @Nullable RecoveryLog log) {
        this.sockets = sockets;
        this.rooms = new Rooms(sockets);
        this.log = log;
    }

    @Override
    public void add(Member member, Collection<String> names) {
        rooms.add(member, names);
    }

    @Override
    public Set<String> remove(Member member) {
        return rooms.remove(member);
    }

    @Override
    public void join(Member member, Collection<String> names) {
        rooms.join(member, names);
    }

    @Override
    public void leave(Member member, String room) {
        rooms.leave(member, room);
    }

    @Override
    public Set<String> rooms(Member member) {
        return rooms.of(member);
    }

    @Override
    public void broadcast(Packet.Event event, Selection selection, Flags flags) {
        if (log != null && event.id() == Packet.NO_ID && !flags.isVolatile()) {
            broadcastInOrder(log, event, selection, flags);
        } else {
            rooms.forEach(selection, sockets.encode(event, flags)::sendTo);
        }
    }

    /** Only queues while others wait: sending takes time. */
    private void broadcastInOrder(RecoveryLog order, Packet.Event event, Selection selection, Flags flags) {
        List<Member> receivers = new ArrayList<>();
        List<Member> failed = new ArrayList<>();
        RecoveryLog.Entry kept = order.append(event, selection, entry -> {
            LocalSockets.Outgoing outgoing = sockets.encode(entry.event(), flags);
            return () -> rooms.forEach(selection, member -> {
                boolean queued = succeeds(member, () -> outgoing.enqueueFor(member, entry.sequence()));
                (queued ? receivers : failed).add(member);
            });
        });
        receivers.forEach(member -> succeeds(member, () -> sockets.flush(member, kept.event())));
        failed.forEach(member -> succeeds(member, () -> sockets.cutOff(member)));
    }

    private static boolean succeeds(Member member, Runnable action) {
        try {
            action.run();
            return true;
        } catch (RuntimeException | Error e) { // one that fails must not stop the others
            LOG.log(System.Logger.Level.ERROR, "An event could not be sent to " + member + ".", e);
            return false;
        }
    }

    @Override
    public CompletionStage<List<RemoteSocket>> fetchSockets(Selection selection) {
        List<RemoteSocket> found = new ArrayList<>();
        rooms.forEach(selection, member -> found.add(sockets.describe(member)));
        return CompletableFuture.completedFuture(found);
    }

    @Override
    public void socketsJoin(Selection selection, Collection<String> names) {
        rooms.forEach(selection, member -> rooms.join(member, names));
    }

    @Override
    public void socketsLeave(Selection selection, Collection<String> names) {
        rooms.forEach(selection, member -> names.forEach(name -> rooms.leave(member, name)));
    }

    @Override
    public void disconnectSockets(Selection selection, boolean close) {
        rooms.forEach(selection, member -> sockets.disconnect(member, close));
    }

    @Override
    public CompletionStage<List<JsonArguments>> serverSideEmit(JsonArguments event) {
        return CompletableFuture.completedFuture(List.of()); // there is no other node
    }

    @Override
    public void forEachLocal(Selection selection, Consumer<Member> action) {
        rooms.forEach(selection, action);
    }

    @Override
    public int size() {
        return rooms.size();
    }

    @Override
    public int roomCount() {
        return rooms.roomCount();
    }

    @Override
    public Packet.Event record(Packet.Event event, Selection selection) {
        return log == null
                ? event
                : log.append(event, selection, entry -> () -> {}).event();
    }

    @Override
    public void inOrder(Runnable action) {
        if (log == null) {
            action.run();
        } else {
            log.inOrder(action);
        }
    }

    @Override
    public void keep(RecoverableState state) {
        if (log != null) {
            log.keep(state);
        }
    }

    @Override
    public @Nullable RecoverableState take(String secret, String offset) {
        return log == null ? null : log.take(secret, offset);
    }

    @Override
    public List<RecoveryLog.Entry> missed(Set<String> names, String offset) {
        return log == null ? List.of() : log.missed(names, offset);
    }

    @Override
    public boolean cleanUp() {
        return log == null || log.cleanUp();
    }
}
