package io.portcullis.socketio.runtime;

import io.portcullis.socketio.BroadcastOperator;
import io.portcullis.socketio.RemoteSocket;
import io.portcullis.socketio.adapter.Flags;
import io.portcullis.socketio.adapter.Selection;
import io.portcullis.socketio.protocol.Packet;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Immutable. The {@link BroadcastOperator} that applications receive. */
class Broadcast implements BroadcastOperator {

    private final NamespaceRuntime namespace;
    private final Selection selection;
    private final EmitOptions options;

    Broadcast(NamespaceRuntime namespace, Selection selection, EmitOptions options) {
        this.namespace = namespace;
        this.selection = selection;
        this.options = options;
    }

    final NamespaceRuntime namespace() {
        return namespace;
    }

    @Override
    public BroadcastOperator to(String... rooms) {
        return new Broadcast(namespace, new Selection(union(selection.rooms(), rooms), selection.except()), options);
    }

    @Override
    public BroadcastOperator except(String... rooms) {
        return new Broadcast(namespace, new Selection(selection.rooms(), union(selection.except(), rooms)), options);
    }

    private static Set<String> union(Set<String> some, String... more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(List.of(more));
        return all;
    }

    @Override
    public BroadcastOperator local() {
        return with(options.flags().asLocal());
    }

    @Override
    public BroadcastOperator asVolatile() {
        return with(options.flags().asVolatile());
    }

    @Override
    public BroadcastOperator compress(boolean compress) {
        return with(options.flags().compress(compress));
    }

    private BroadcastOperator with(Flags flags) {
        return new Broadcast(namespace, selection, options.with(flags));
    }

    @Override
    public BroadcastOperator timeout(Duration timeout) {
        return new Broadcast(namespace, selection, options.timeout(timeout));
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        namespace.adapter().broadcast(namespace.event(event, Packet.NO_ID, arguments), selection, options.flags());
    }

    @Override
    public <T> CompletionStage<List<T>> emitWithAck(Class<T> type, String event, @Nullable Object... arguments) {
        Packet.Event packet = namespace.event(event, namespace.nextAckId(), arguments);
        return new BroadcastAcks<>(namespace, type, packet).send(selection, options);
    }

    @Override
    public CompletionStage<List<RemoteSocket>> fetchSockets() {
        return namespace.adapter().fetchSockets(selection);
    }

    @Override
    public void socketsJoin(String... rooms) {
        namespace.adapter().socketsJoin(selection, List.of(rooms));
    }

    @Override
    public void socketsLeave(String... rooms) {
        namespace.adapter().socketsLeave(selection, List.of(rooms));
    }

    @Override
    public void disconnectSockets(boolean close) {
        namespace.adapter().disconnectSockets(selection, close);
    }
}
