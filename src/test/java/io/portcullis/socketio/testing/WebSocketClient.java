package io.portcullis.socketio.testing;

import jakarta.json.JsonObject;
import java.net.URI;

/** A session over WebSocket. */
final class WebSocketClient implements EngineClient {

    private final RawWebSocket socket;
    private final JsonObject open;

    WebSocketClient(URI server, String path, String... headers) {
        socket = RawWebSocket.open(server, path + "?EIO=4&transport=websocket", headers);
        open = EngineClient.json(socket.text().substring(1));
    }

    @Override
    public JsonObject open() {
        return open;
    }

    @Override
    public void send(String... packets) {
        for (String packet : packets) {
            socket.send(packet);
        }
    }

    @Override
    public void send(byte[] data) {
        socket.send(data);
    }

    @Override
    public Object next() {
        while (true) {
            RawWebSocket.Received received = socket.next();
            if (received instanceof RawWebSocket.Binary binary) {
                return binary.data();
            } else if (received instanceof RawWebSocket.Closed closed) {
                throw new IllegalStateException("The session has ended with " + closed.code());
            } else if (received instanceof RawWebSocket.Text text) {
                if (text.text().equals("2")) {
                    socket.send("3");
                } else if (!text.text().equals("6")) {
                    return text.text();
                }
            }
        }
    }

    @Override
    public void awaitEnd() {
        socket.closeCode();
    }

    @Override
    public void vanish() {
        socket.vanish();
    }

    @Override
    public void close() {
        socket.close();
    }
}
