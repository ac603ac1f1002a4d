package io.portcullis.socketio.runtime;

import io.portcullis.socketio.Ack;
import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.Socket;
import jakarta.json.JsonValue;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Map;

/** Sockets that have an id, a handshake and scoped beans, and nothing else. */
final class FakeSockets {

    static final Handshake HANDSHAKE = new Handshake(
            "default",
            "/socket.io/",
            Map.of(),
            Map.of(),
            "127.0.0.1",
            false,
            false,
            Instant.EPOCH,
            null,
            JsonValue.EMPTY_JSON_OBJECT);

    private FakeSockets() {}

    static Socket socket(String id) {
        SocketBeans beans = new SocketBeans();
        Class<?>[] types = {Socket.class, HasSocketBeans.class};
        return (Socket) Proxy.newProxyInstance(
                FakeSockets.class.getClassLoader(), types, (proxy, method, arguments) -> switch (method.getName()) {
                    case "id", "toString" -> id;
                    case "handshake" -> HANDSHAKE;
                    case "beans" -> beans;
                    case "hashCode" -> id.hashCode();
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    static Ack ack() {
        return new Ack() {
            @Override
            public void send(Object... arguments) {}

            @Override
            public boolean isRequested() {
                return true;
            }
        };
    }
}
