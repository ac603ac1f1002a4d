package io.portcullis.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.ServerProcess;
import io.portcullis.socketio.testing.SocketClient;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A user's own application on a real server, spoken to with the Java client. */
@Timeout(60)
class FeaturesIT {

    private static final String AUDIT_KEY = "9d1f".repeat(16);

    private static URI server;

    private final List<Socket> sockets = new ArrayList<>();

    @BeforeAll
    static void start() {
        String given = System.getProperty("portcullis.features.url");
        server = given == null ? launch() : URI.create(given);
    }

    private static URI launch() {
        Map<String, String> environment =
                Map.of("PORTCULLIS_DEBUG", "true", "SOCKETIO_AUDIT_KEY", AUDIT_KEY, "SOCKETIO_ACK_TIMEOUT", "PT21S");
        return ServerProcess.launch("target/portcullis-features.war", environment)
                .uri();
    }

    @AfterEach
    void disconnect() {
        sockets.forEach(Socket::disconnect);
    }

    private Socket connect() throws Exception {
        return connect("/features", Map.of());
    }

    private Socket connect(String namespace, Map<String, String> auth) throws Exception {
        IO.Options options = new IO.Options();
        options.forceNew = true;
        options.reconnection = false;
        options.auth = auth;
        Socket socket = IO.socket(server.resolve(namespace), options);
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        socket.on(Socket.EVENT_CONNECT, arguments -> outcome.complete(socket));
        socket.on(Socket.EVENT_CONNECT_ERROR, arguments -> outcome.complete(arguments[0]));
        sockets.add(socket);
        socket.connect();
        assertThat(outcome.get(20, TimeUnit.SECONDS)).isSameAs(socket);
        return socket;
    }

    private static Object[] askAll(Socket socket, String event, Object... arguments) throws Exception {
        CompletableFuture<Object[]> answer = new CompletableFuture<>();
        socket.emit(event, arguments, answer::complete);
        return answer.get(20, TimeUnit.SECONDS);
    }

    private static Object ask(Socket socket, String event, Object... arguments) throws Exception {
        Object[] answer = askAll(socket, event, arguments);
        return answer.length == 0 ? "nothing" : answer[0];
    }

    private static String error(Object answer) throws Exception {
        return ((JSONObject) answer).getJSONObject("error").getString("code");
    }

    private static List<String> journal(Socket socket, String start) throws Exception {
        JSONArray notes = (JSONArray) ask(socket, "journal", start);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < notes.length(); i++) {
            all.add(notes.getString(i));
        }
        return all;
    }

    /** On Payara, a thread that completes another request loses the context of its own. */
    @Test
    void a_post_keeps_its_request_context_when_it_answers_a_poll() {
        try (SocketClient client = SocketClient.open(EngineClient.Via.POLLING, server);
                RawHttp post = RawHttp.connect(server)) {
            client.enter("/faults");
            String session =
                    "/socket.io/?EIO=4&transport=polling&sid=" + client.engine().sid();
            for (int i = 0; i < 20; i++) {
                CompletableFuture<String> poll = CompletableFuture.supplyAsync(client::text); // parked
                post.post(session, "42/faults,[\"tell-self\"]");

                assertThat(poll).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo("2/faults,[\"told\"]");
            }
            assertThat(client.ask("/faults", "[\"lost-scopes\"]")).hasToString("[0]");
        }
    }

    @Test
    void a_request_that_hides_behind_a_post_does_not_run_where_the_timers_do() {
        String host = " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n";
        try (SocketClient client = SocketClient.open(EngineClient.Via.POLLING, server);
                RawHttp http = RawHttp.connect(server);
                RawHttp other = RawHttp.connect(server)) {
            String session =
                    "/socket.io/?EIO=4&transport=polling&sid=" + client.engine().sid();
            String hidden = "GET /threads" + host + "\r\n";

            http.send("POST " + session + host + "Content-Type: text/plain\r\nContent-Length: " + (5 + hidden.length())
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden);

            http.rest(Duration.ofSeconds(5)); // if it runs at all, it has begun when the connection ends
            RawHttp.Answer threads = other.get("/threads");
            assertThat(threads.status()).isEqualTo(200);
            assertThat(threads.text()).matches("\\[.+]").doesNotContainIgnoringCase("scheduled");
        }
    }

    @Test
    void the_effective_configuration_is_logged_at_debug_level() throws IOException {
        StringBuilder logs = new StringBuilder();
        try (Stream<Path> files = Files.walk(ServerProcess.folder(server))) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                logs.append(Files.readString(log, StandardCharsets.ISO_8859_1));
            }
        }

        assertThat(logs.toString())
                .contains(
                        "Endpoint default: ack-timeout = PT21S, from socketio.ack-timeout in ",
                        "Endpoint default: parser = json, from the default",
                        "Server: audit.key = (not shown), from ")
                .doesNotContain(AUDIT_KEY);
    }

    @Test
    void records_are_bound_and_validated() throws Exception {
        Socket socket = connect();

        assertThat(ask(socket, "person", new JSONObject(Map.of("name", "Ann", "age", 30))))
                .isEqualTo("Ann is 30");
        JSONObject answer = (JSONObject) ask(socket, "person", new JSONObject(Map.of("name", " ", "age", 151)));
        assertThat(error(answer)).isEqualTo("invalid");
        JSONArray violations = answer.getJSONObject("error").getJSONArray("violations");
        assertThat(violations.length()).isEqualTo(2);
        assertThat(violations.toString()).contains("\"path\":\"name\"", "\"path\":\"age\"");
        assertThat(error(ask(socket, "person", "Ann"))).isEqualTo("invalid");
        assertThat(error(ask(socket, "people", new JSONArray(), "zero"))).isEqualTo("invalid");
    }

    @Test
    void generics_optionals_dates_and_binary_content_at_any_depth_are_bound() throws Exception {
        Socket socket = connect();
        JSONObject person = new JSONObject(Map.of("name", "Zoë", "age", 7));
        JSONObject parcel = new JSONObject(Map.of(
                "id", "8c5cb0f5-9ab9-4a8b-8b73-0f0b8f0c2b11",
                "at", "2026-11-24T12:00:00Z",
                "note", "fragile",
                "people", new JSONArray(List.of(person)),
                "files", new JSONObject(Map.of("a.bin", new byte[] {1, 2, 3}))));

        JSONObject answer = (JSONObject) ask(socket, "parcel", parcel);

        assertThat(answer.getString("id")).isEqualTo("8c5cb0f5-9ab9-4a8b-8b73-0f0b8f0c2b11");
        assertThat(answer.getString("at")).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(answer.getString("note")).isEqualTo("fragile");
        assertThat(answer.getJSONArray("people").getJSONObject(0).getString("name"))
                .isEqualTo("Zoë");
        assertThat((byte[]) answer.getJSONObject("files").get("a.bin")).containsExactly(1, 2, 3);
        assertThat(ask(socket, "people", new JSONArray(List.of(person, person)), 1)
                        .toString())
                .contains("Zoë");
        assertThat(ask(socket, "bytes", "hi".getBytes(StandardCharsets.UTF_8), new JSONObject()))
                .isEqualTo("hi LinkedHashMap");
    }

    @Test
    void what_handlers_return_or_throw_is_the_acknowledgement() throws Exception {
        Socket socket = connect();

        assertThat(ask(socket, "later", "soon")).isEqualTo("soon later");
        assertThat(askAll(socket, "twice")).containsExactly("first", 1);
        for (String event : List.of("boom", "later-fails", "forbidden:fruit")) {
            Object answer = ask(socket, event);
            assertThat(answer.toString()).as(event).isEqualTo("{\"error\":{\"code\":\"internal\"}}");
        }
        assertThat(ask(socket, "earn", 1)).isEqualTo(1);
    }

    @Test
    void cdi_works_in_handlers() throws Exception {
        Socket socket = connect();
        Socket other = connect();

        assertThat(ask(socket, "injected")).isEqualTo(socket.id());
        assertThat(ask(other, "injected")).isEqualTo(other.id());
        assertThat(ask(socket, "visits")).isEqualTo(2);
        assertThat(ask(socket, "visits")).isEqualTo(2);
        assertThat(ask(socket, "intercepted")).isEqualTo("HELLO");
        assertThat(ask(socket, "transaction")).isEqualTo(true);
        assertThat(ask(socket, "no-transaction")).isEqualTo(true);
        assertThat(ask(socket, "earn", 40)).isEqualTo(40);
        assertThat(ask(socket, "earn", 2)).isEqualTo(42);
        assertThat(ask(other, "earn", 5)).isEqualTo(5);

        socket.disconnect();

        await().atMost(20, TimeUnit.SECONDS).until(() -> journal(other, "purse").contains("purse with 42 is gone"));
    }

    @Test
    void many_sockets_are_asked_listed_moved_and_disconnected() throws Exception {
        Socket one = connect();
        Socket two = connect();
        for (Socket each : List.of(one, two)) {
            each.on("question", arguments -> ((io.socket.client.Ack) arguments[arguments.length - 1]).call(21));
        }

        assertThat(ask(one, "ask-all", "how much?")).isEqualTo(42);
        assertThat(ask(one, "rooms-of", two.id())).isEqualTo(2);
        assertThat(ask(one, "move-all", "everybody", "elsewhere")).isEqualTo(2);
        assertThat(ask(one, "ask-all", "nobody there")).isEqualTo(0);
        assertThat(journal(one, "room elsewhere"))
                .containsExactly("room elsewhere CREATED", "room elsewhere JOINED", "room elsewhere JOINED");

        CompletableFuture<Object> gone = new CompletableFuture<>();
        two.on(Socket.EVENT_DISCONNECT, arguments -> gone.complete(arguments[0]));
        one.emit("kick", two.id());
        assertThat(gone.get(20, TimeUnit.SECONDS)).isEqualTo("io server disconnect");
    }

    @Test
    void others_are_told_and_catch_all_handlers_see_it() throws Exception {
        Socket one = connect();
        Socket two = connect();
        BlockingQueue<Object[]> told = new LinkedBlockingQueue<>();
        two.on("told", told::add);
        one.on("told", arguments -> told.add(new Object[] {"the sender was told as well"}));

        one.emit("tell-others", "news");

        Object[] arguments = told.poll(20, TimeUnit.SECONDS);
        assertThat(arguments[0]).isEqualTo("news");
        assertThat((byte[]) arguments[1]).containsExactly(1, 2);
        assertThat(ask(one, "later", "x")).isEqualTo("x later");
        assertThat(told).isEmpty();
        assertThat(journal(two, "out told")).contains("out told 2");
    }

    @Test
    void connects_and_disconnects_are_told_once_and_in_order() throws Exception {
        Socket witness = connect();
        Socket socket = connect();
        String id = socket.id();
        assertThat(ask(socket, "later", "x")).isEqualTo("x later");

        socket.disconnect();

        await().atMost(20, TimeUnit.SECONDS)
                .until(() -> !journal(witness, "observed disconnected " + id).isEmpty());
        assertThat(journal(witness, "").stream().filter(note -> note.contains(id)))
                .containsExactly(
                        "observed connected " + id,
                        "disconnecting " + id + " true",
                        "disconnected " + id + " true",
                        "observed disconnected " + id + " client namespace disconnect");
    }

    @Test
    void a_namespace_may_be_decided_by_code() throws Exception {
        Socket socket = connect("/odd-12", Map.of("please", "yes"));

        assertThat(Arrays.asList(askAll(socket, "where"))).isEqualTo(List.of("/odd-12"));
    }
}
