package io.portcullis.socketio.runtime;

import io.portcullis.socketio.Arguments;
import io.portcullis.socketio.BroadcastOperator;
import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.SocketEmitter;
import java.security.Principal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Thread-safe. What {@code @Inject Socket} gives: leads every call to the socket that the calling thread serves. */
final class InjectedSocket implements Socket {

    private static Socket current() {
        Socket socket = CurrentSocket.get();
        if (socket == null) {
            throw new IllegalStateException(
                    "no handler runs on this thread, so there is no current Socket; inject SocketServer to send from here");
        }
        return socket;
    }

    @Override
    public String id() {
        return current().id();
    }

    @Override
    public String namespace() {
        return current().namespace();
    }

    @Override
    public Handshake handshake() {
        return current().handshake();
    }

    @Override
    public @Nullable Principal principal() {
        return current().principal();
    }

    @Override
    public boolean isConnected() {
        return current().isConnected();
    }

    @Override
    public boolean isRecovered() {
        return current().isRecovered();
    }

    @Override
    public String transport() {
        return current().transport();
    }

    @Override
    public ConcurrentMap<String, Object> data() {
        return current().data();
    }

    @Override
    public Set<String> rooms() {
        return current().rooms();
    }

    @Override
    public void join(String... rooms) {
        current().join(rooms);
    }

    @Override
    public void leave(String room) {
        current().leave(room);
    }

    @Override
    public BroadcastOperator to(String... rooms) {
        return current().to(rooms);
    }

    @Override
    public BroadcastOperator broadcast() {
        return current().broadcast();
    }

    @Override
    public void disconnect(boolean close) {
        current().disconnect(close);
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        current().emit(event, arguments);
    }

    @Override
    public CompletionStage<Arguments> emitWithAck(String event, @Nullable Object... arguments) {
        return current().emitWithAck(event, arguments);
    }

    @Override
    public <T> CompletionStage<T> emitWithAck(Class<T> type, String event, @Nullable Object... arguments) {
        return current().emitWithAck(type, event, arguments);
    }

    @Override
    public SocketEmitter asVolatile() {
        return current().asVolatile();
    }

    @Override
    public SocketEmitter compress(boolean compress) {
        return current().compress(compress);
    }

    @Override
    public SocketEmitter timeout(Duration timeout) {
        return current().timeout(timeout);
    }

    @Override
    public String toString() {
        return String.valueOf(CurrentSocket.get());
    }
}
