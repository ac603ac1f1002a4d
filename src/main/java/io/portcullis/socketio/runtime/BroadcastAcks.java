package io.portcullis.socketio.runtime;

import io.portcullis.socketio.AckTimeoutException;
import io.portcullis.socketio.InvalidArgumentException;
import io.portcullis.socketio.adapter.Selection;
import io.portcullis.socketio.protocol.JsonArguments;
import io.portcullis.socketio.protocol.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. Gathers the acknowledgements of one broadcast: the first argument of each answer, until all have answered
 * or time is up. A socket that goes first counts as one that does not answer.
 */
final class BroadcastAcks<T> implements PendingAcks.Waiting {

    private final NamespaceRuntime namespace;
    private final Class<T> type;
    private final Packet.Event packet;
    private final CompletableFuture<List<T>> all = new CompletableFuture<>();
    private final List<ServerSocket> expected = new ArrayList<>();
    private final List<T> answers = new ArrayList<>();

    BroadcastAcks(NamespaceRuntime namespace, Class<T> type, Packet.Event packet) {
        this.namespace = namespace;
        this.type = type;
        this.packet = packet;
    }

    CompletionStage<List<T>> send(Selection selection, EmitOptions options) {
        namespace.adapter().forEachLocal(selection, member -> {
            if (member instanceof ServerSocket socket && socket.pendingAcks().await(packet.id(), this)) {
                expected.add(socket);
            }
        });
        if (expected.isEmpty()) {
            all.complete(List.of());
            return all;
        }
        namespace.startTimeout(options, all, this::timedOut);
        Frames frames = namespace.frames(packet, options.flags().compress());
        for (ServerSocket socket : expected) {
            namespace.outgoing(socket, packet);
            socket.send(frames, options.flags().isVolatile());
        }
        return all;
    }

    @Override
    public void answered(JsonArguments arguments) {
        try {
            add(namespace.binder().view(arguments, 0).get(0, type));
        } catch (InvalidArgumentException e) {
            namespace.execute(() -> all.completeExceptionally(e));
        }
    }

    @SuppressWarnings("NullAway") // an answer without an argument is null, as everywhere in Socket.IO
    private void add(@Nullable T answer) {
        List<T> complete = null;
        synchronized (answers) {
            answers.add(answer);
            if (answers.size() == expected.size()) {
                complete = new ArrayList<>(answers);
            }
        }
        if (complete != null) {
            List<T> result = complete;
            namespace.execute(() -> all.complete(result));
        }
    }

    @Override
    public void closed() {
        // it will not answer: the time-out says so
    }

    private void timedOut() {
        expected.forEach(socket -> socket.pendingAcks().forget(packet.id()));
        List<T> soFar;
        synchronized (answers) {
            soFar = new ArrayList<>(answers);
        }
        all.completeExceptionally(new AckTimeoutException(soFar));
    }
}
