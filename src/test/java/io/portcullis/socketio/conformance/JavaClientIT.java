package io.portcullis.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.FixtureServer;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.socket.engineio.client.transports.Polling;
import io.socket.engineio.client.transports.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java client does everything that people use it for, over each transport and across the upgrade. */
class JavaClientIT {

    private static final long SECONDS = 10;

    private final List<Socket> opened = new ArrayList<>();

    private Socket open(String namespace, String transports, Map<String, String> auth) {
        IO.Options options = IO.Options.builder()
                .setForceNew(true)
                .setTransports(transports.split(","))
                .setReconnectionDelay(50)
                .setAuth(auth)
                .build();
        Socket socket = IO.socket(FixtureServer.uri().resolve(namespace), options);
        opened.add(socket);
        return socket;
    }

    private Socket connected(String namespace, String transports) throws Exception {
        Socket socket = open(namespace, transports, Map.of());
        BlockingQueue<Object[]> connects = queue(socket, Socket.EVENT_CONNECT);
        socket.connect();
        take(connects);
        return socket;
    }

    private static BlockingQueue<Object[]> queue(Socket socket, String event) {
        BlockingQueue<Object[]> queue = new LinkedBlockingQueue<>();
        socket.on(event, queue::add);
        return queue;
    }

    private static Object[] take(BlockingQueue<Object[]> queue) throws InterruptedException {
        Object[] arguments = queue.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(arguments).as("nothing came").isNotNull();
        return arguments;
    }

    private static Object[] ask(Socket socket, String event, Object... arguments) {
        CompletableFuture<Object[]> answer = new CompletableFuture<>();
        socket.emit(event, arguments, (Ack) answer::complete);
        return answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    @AfterEach
    void all_say_goodbye() {
        opened.forEach(Socket::disconnect);
    }

    @ParameterizedTest
    @ValueSource(strings = {Polling.NAME, WebSocket.NAME, Polling.NAME + "," + WebSocket.NAME})
    void events_and_acknowledgements_come_back(String transports) throws Exception {
        Socket socket = connected("/", transports);
        BlockingQueue<Object[]> back = queue(socket, "message-back");
        socket.emit("message", 1, "\u00e9\u20ac", new JSONObject("{\"a\":[1,null]}"), new byte[] {1, 2, 3});
        Object[] arguments = take(back);

        assertThat(arguments).hasSize(4);
        assertThat(arguments[0]).isEqualTo(1);
        assertThat(arguments[1]).isEqualTo("\u00e9\u20ac");
        assertThat(arguments[2]).hasToString("{\"a\":[1,null]}");
        assertThat((byte[]) arguments[3]).containsExactly(1, 2, 3);
        assertThat(ask(socket, "message-with-ack", "x", 2)).containsExactly("x", 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {Polling.NAME, WebSocket.NAME, Polling.NAME + "," + WebSocket.NAME})
    void order_is_kept(String transports) throws Exception {
        Socket socket = connected("/custom", transports);
        BlockingQueue<Object[]> back = queue(socket, "message-back");
        for (int i = 0; i < 1000; i++) {
            socket.emit("message", i);
        }

        for (int i = 0; i < 1000; i++) {
            assertThat(take(back)).containsExactly(i);
        }
    }

    @Test
    void a_refusal_has_its_message_and_data() throws Exception {
        Socket socket = open("/guarded", WebSocket.NAME, Map.of("token", "wrong"));
        BlockingQueue<Object[]> errors = queue(socket, Socket.EVENT_CONNECT_ERROR);
        socket.connect();
        JSONObject error = (JSONObject) take(errors)[0];

        assertThat(error.getString("message")).isEqualTo("not authorized");
        assertThat(error.getJSONObject("data").getString("code")).isEqualTo("E_AUTH");
    }

    @Test
    void a_credential_lets_it_in() throws Exception {
        Socket socket = open("/guarded", WebSocket.NAME, Map.of("token", "secret"));
        BlockingQueue<Object[]> greetings = queue(socket, "auth");
        socket.connect();

        assertThat(take(greetings)[0]).hasToString("{\"token\":\"secret\"}");
    }

    @Test
    void the_server_asks_the_client() throws Exception {
        Socket socket = connected("/", WebSocket.NAME);
        socket.on("ask", arguments -> ((Ack) arguments[1]).call("yes", arguments[0]));
        JSONObject answer = (JSONObject) ask(socket, "server-ack", "q", 3000)[0];

        assertThat(answer.getBoolean("ok")).isTrue();
        assertThat(answer.getJSONArray("answers")).hasToString("[\"yes\",\"q\"]");
    }

    @Test
    void rooms_reach_their_members() throws Exception {
        Socket sender = connected("/", Polling.NAME);
        Socket member = connected("/", WebSocket.NAME);
        BlockingQueue<Object[]> news = queue(member, "news");
        ask(member, "join", "java-room");
        ask(sender, "broadcast", "java-room", "news", 7);

        assertThat(take(news)).containsExactly(7);
        assertThat(roomsOf(member)).contains("java-room", member.id());
    }

    private static List<Object> roomsOf(Socket socket) throws JSONException {
        JSONArray rooms = (JSONArray) ask(socket, "rooms")[0];
        List<Object> names = new ArrayList<>();
        for (int i = 0; i < rooms.length(); i++) {
            names.add(rooms.get(i));
        }
        return names;
    }

    @ParameterizedTest
    @ValueSource(strings = {Polling.NAME, WebSocket.NAME})
    void it_is_told_that_the_server_disconnects_it(String transport) throws Exception {
        for (boolean close : new boolean[] {false, true}) {
            Socket socket = connected("/", transport);
            BlockingQueue<Object[]> disconnects = queue(socket, Socket.EVENT_DISCONNECT);
            socket.emit("disconnect-me", close);

            assertThat(take(disconnects)[0]).isEqualTo("io server disconnect");
        }
    }
}
