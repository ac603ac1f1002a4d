package io.portcullis.socketio.runtime;

import io.portcullis.socketio.Arguments;
import io.portcullis.socketio.SocketEmitter;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Immutable. Sends to one socket with modifiers. */
record Emitter(ServerSocket socket, EmitOptions options) implements SocketEmitter {

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        socket.emit(options, event, arguments);
    }

    @Override
    public CompletionStage<Arguments> emitWithAck(String event, @Nullable Object... arguments) {
        return socket.emitWithAck(options, event, arguments);
    }

    @Override
    public <T> CompletionStage<T> emitWithAck(Class<T> type, String event, @Nullable Object... arguments) {
        return emitWithAck(event, arguments).thenApply(answer -> answer.get(0, type));
    }

    @Override
    public SocketEmitter asVolatile() {
        return new Emitter(socket, options.with(options.flags().asVolatile()));
    }

    @Override
    public SocketEmitter compress(boolean compress) {
        return new Emitter(socket, options.with(options.flags().compress(compress)));
    }

    @Override
    public SocketEmitter timeout(Duration timeout) {
        return new Emitter(socket, options.timeout(timeout));
    }
}
