package io.portcullis.socketio.runtime;

import io.portcullis.socketio.AckTimeoutException;
import io.portcullis.socketio.Arguments;
import io.portcullis.socketio.SocketClosedException;
import io.portcullis.socketio.protocol.JsonArguments;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Thread-safe. Waits for the acknowledgement of one event by one socket, until time is up or the socket has gone. */
final class SingleAck implements PendingAcks.Waiting {

    private final ServerSocket socket;
    private final NamespaceRuntime namespace;
    private final long id;
    private final CompletableFuture<Arguments> answer = new CompletableFuture<>();

    SingleAck(ServerSocket socket, long id) {
        this.socket = socket;
        this.namespace = socket.namespaceRuntime();
        this.id = id;
    }

    /** Begins to wait, then sends the event. */
    CompletionStage<Arguments> await(EmitOptions options, Runnable send) {
        if (socket.pendingAcks().await(id, this)) {
            namespace.startTimeout(options, answer, this::timedOut);
            send.run();
        } else {
            closed();
        }
        return answer;
    }

    @Override
    public void answered(JsonArguments arguments) {
        namespace.execute(() -> answer.complete(namespace.binder().view(arguments, 0)));
    }

    @Override
    public void closed() {
        namespace.execute(() -> answer.completeExceptionally(new SocketClosedException()));
    }

    private void timedOut() {
        if (socket.pendingAcks().forget(id) != null) {
            answer.completeExceptionally(new AckTimeoutException(List.of()));
        }
    }
}
