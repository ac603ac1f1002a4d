package io.portcullis.socketio.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Confined to its thread. A Socket.IO client in the protocol's own words: what it sends and gets is the wire's text. */
public final class SocketClient implements AutoCloseable {

    private final EngineClient engine;
    private int nextId = 900;

    private SocketClient(EngineClient engine) {
        this.engine = engine;
    }

    /** A session that has joined no namespace. */
    public static SocketClient open(EngineClient.Via via, String path, String... headers) {
        return new SocketClient(via.open(path, headers));
    }

    /** A session with any server, at its main mount point, that has joined no namespace. */
    public static SocketClient open(EngineClient.Via via, URI server) {
        return new SocketClient(via.open(server, "/socket.io/"));
    }

    /** A session with any server, at any mount point, that has joined no namespace. */
    public static SocketClient open(EngineClient.Via via, URI server, String path, String... headers) {
        return new SocketClient(via.open(server, path, headers));
    }

    /** A session over WebSocket at the main mount point that has joined {@code /}. */
    public static SocketClient joined() {
        return joined(EngineClient.Via.WEBSOCKET);
    }

    /** A session at the main mount point that has joined {@code /}. */
    public static SocketClient joined(EngineClient.Via via) {
        SocketClient client = open(via, "/socket.io/");
        client.join("/");
        return client;
    }

    public EngineClient engine() {
        return engine;
    }

    /** Joins a namespace, takes its first event, and gives the socket's id. */
    public String join(String namespace) {
        return join(namespace, "");
    }

    public String join(String namespace, String auth) {
        String id = enter(namespace, auth);
        assertThat(text()).isEqualTo("2" + prefix(namespace) + "[\"auth\"," + (auth.isEmpty() ? "{}" : auth) + "]");
        return id;
    }

    /** Joins a namespace that sends no first event, and gives the socket's id. */
    public String enter(String namespace) {
        return enter(namespace, "");
    }

    private String enter(String namespace, String auth) {
        String prefix = prefix(namespace);
        send("0" + prefix + auth);
        String answer = text();
        assertThat(answer).startsWith("0" + prefix + "{\"sid\":\"");
        return EngineClient.json(answer.substring(1 + prefix.length())).getString("sid");
    }

    /** The namespace as packets name it. */
    public static String prefix(String namespace) {
        return namespace.equals("/") ? "" : namespace + ",";
    }

    /** Sends Socket.IO packets: without the digit of Engine.IO. */
    public void send(String... packets) {
        String[] messages = packets.clone();
        for (int i = 0; i < messages.length; i++) {
            messages[i] = "4" + messages[i];
        }
        engine.send(messages);
    }

    public void send(byte[] attachment) {
        engine.send(attachment);
    }

    /** The next Socket.IO packet. */
    public String text() {
        String packet = engine.text();
        assertThat(packet).startsWith("4");
        return packet.substring(1);
    }

    public byte[] binary() {
        return engine.binary();
    }

    /** Sends an event to {@code /} and expects the next packet to be its acknowledgement. */
    public JsonArray ask(String event) {
        return ask("/", event);
    }

    /** Sends an event to a namespace and expects the next packet to be its acknowledgement. */
    public JsonArray ask(String namespace, String event) {
        int id = nextId++;
        String prefix = prefix(namespace);
        send("2" + prefix + id + event);
        String answer = text();
        assertThat(answer).startsWith("3" + prefix + id + "[");
        return array(answer.substring(("3" + prefix + id).length()));
    }

    /** Proves that nothing else was on its way: the next packet answers this round trip. */
    public void expectNothingMore() {
        assertThat(ask("[\"message-with-ack\",\"nothing\"]")).hasSize(1);
    }

    /** Waits for what the fixture tells of a socket that has gone. */
    public JsonObject farewell(String socketId) {
        AtomicReference<JsonValue> found = new AtomicReference<>(JsonValue.NULL);
        await().atMost(Duration.ofSeconds(6))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    found.set(ask("[\"reason-of\",\"" + socketId + "\"]").get(0));
                    return found.get() != JsonValue.NULL;
                });
        return found.get().asJsonObject();
    }

    public String reasonOf(String socketId) {
        return farewell(socketId).getString("reason");
    }

    /** The arguments of an event or the answers of an acknowledgement. */
    public static JsonArray array(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readArray();
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
