package io.portcullis.socketio.testing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;

/**
 * Confined to its thread, but one thread may send while another receives. An Engine.IO session over either transport. It
 * answers the server's pings while it receives.
 */
public interface EngineClient extends AutoCloseable {

    /** How a session is carried. */
    enum Via {
        POLLING,
        WEBSOCKET;

        /** Opens a session with the fixture at a path such as {@code /socket.io/}. */
        public EngineClient open(String path, String... headers) {
            return open(FixtureServer.uri(), path, headers);
        }

        /** Opens a session with any server. */
        public EngineClient open(URI server, String path, String... headers) {
            return this == POLLING
                    ? new PollingClient(server, path, headers)
                    : new WebSocketClient(server, path, headers);
        }

        /** The name in queries. */
        public String text() {
            return this == POLLING ? "polling" : "websocket";
        }
    }

    /** The data of the open packet. */
    JsonObject open();

    default String sid() {
        return open().getString("sid");
    }

    /** Sends packets; over polling as one payload. */
    void send(String... packets);

    /** Sends a binary message. */
    void send(byte[] data);

    /** The next packet that is neither ping nor noop: text, or the bytes of a binary message. */
    Object next();

    default String text() {
        if (next() instanceof String text) {
            return text;
        }
        throw new IllegalStateException("The next packet is not text.");
    }

    default byte[] binary() {
        if (next() instanceof byte[] data) {
            return data;
        }
        throw new IllegalStateException("The next packet is not binary.");
    }

    /** Waits until the server has ended the session, whatever comes before. */
    void awaitEnd();

    /** Goes without a word. */
    void vanish();

    /** Says goodbye. */
    @Override
    void close();

    static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
