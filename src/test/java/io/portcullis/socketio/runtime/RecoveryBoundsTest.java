package io.portcullis.socketio.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.OnConnect;
import io.portcullis.socketio.OnDisconnect;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.runtime.TestServer.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What was missed may be more than the client can be sent: then it must not come back for the same again and again. */
class RecoveryBoundsTest {

    private static final Pattern OFFSET = Pattern.compile("\"([\\w-]+\\.\\d+)\"]$");
    private static final Pattern SECRET = Pattern.compile("\"pid\":\"([^\"]+)\"");

    @Namespace({"/", "/other"})
    public final class Room {

        volatile Consumer<Socket> guard = socket -> {};
        final List<DisconnectReason> ends = new ArrayList<>();

        @OnConnect
        public void connect(Socket socket) {
            recovered.add(socket.isRecovered());
            guard.accept(socket);
        }

        @OnDisconnect
        public void disconnect(DisconnectReason reason) {
            ends.add(reason);
        }
    }

    private final Room room = new Room();
    private final List<Boolean> recovered = new ArrayList<>();

    private TestServer server(String... settings) {
        List<String> all = new ArrayList<>(List.of("recovery.enabled", "true"));
        all.addAll(List.of(settings));
        return new TestServer(room, all.toArray(String[]::new));
    }

    private static void emit(TestServer server, String namespace, int times) {
        for (int i = 0; i < times; i++) {
            server.endpoint.of(namespace).emit("e");
        }
    }

    /** The CONNECT with which a client comes back that has received these frames. */
    private static String comingBack(List<String> frames) {
        return "{\"pid\":\"" + find(frames, SECRET) + "\",\"offset\":\"" + find(frames, OFFSET) + "\"}";
    }

    private static String find(List<String> frames, Pattern pattern) {
        for (String frame : frames) {
            Matcher matcher = pattern.matcher(frame);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        throw new AssertionError("found no " + pattern);
    }

    /** A client that has received one event, and is cut off. */
    private static String lose(TestServer server) {
        TestClient client = server.connect().says("0");
        emit(server, "/", 1);
        client.isCutOff();
        return comingBack(client.hears());
    }

    @Test
    void what_was_missed_is_sent_if_it_fits_the_send_queue() {
        TestServer server = server("send-queue", "5");
        String comingBack = lose(server);
        emit(server, "/", 4);

        TestClient client = server.connect().says("0" + comingBack);

        assertThat(client.hears()).hasSize(5);
        assertThat(recovered).containsExactly(false, true);
    }

    @Test
    void whoever_has_missed_more_packets_than_the_send_queue_holds_begins_anew() {
        TestServer server = server("send-queue", "5");
        String comingBack = lose(server);
        emit(server, "/", 5);

        beginsAnew(server, comingBack);
    }

    @Test
    void attachments_that_were_missed_count_as_packets() {
        TestServer server = server("send-queue", "5");
        String comingBack = lose(server);
        server.endpoint.of("/").emit("e", new byte[1], new byte[1], new byte[1], new byte[1]);

        beginsAnew(server, comingBack);
    }

    @Test
    void whoever_has_missed_more_bytes_than_the_send_queue_holds_begins_anew() {
        TestServer server = server("send-queue-bytes", "1000");
        String comingBack = lose(server);
        server.endpoint.of("/").emit("e", "x".repeat(500));
        server.endpoint.of("/").emit("e", "x".repeat(500));

        beginsAnew(server, comingBack);
    }

    private void beginsAnew(TestServer server, String comingBack) {
        TestClient client = server.connect().says("0" + comingBack);

        assertThat(client.session().isOpen()).isTrue();
        assertThat(client.hears())
                .singleElement()
                .asString()
                .startsWith("40{")
                .doesNotContain(comingBack.substring(8, 35));
        assertThat(recovered).containsExactly(false, false);
    }

    @Test
    void what_was_missed_in_all_namespaces_must_fit_the_send_queue() {
        TestServer server = server("send-queue", "5");
        TestClient first = server.connect().says("0").says("0/other,");
        emit(server, "/", 1);
        List<String> heard = first.hears();
        emit(server, "/other", 1);
        List<String> heardInOther = first.hears();
        heardInOther = List.of(heard.get(1), heardInOther.get(0));
        first.isCutOff();
        emit(server, "/", 2);
        emit(server, "/other", 2);

        TestClient client = server.connect().says("0" + comingBack(heard)).says("0/other," + comingBack(heardInOther));

        assertThat(client.hears()).hasSize(4);
        assertThat(recovered).containsExactly(false, false, true, false);
    }

    @Test
    void what_guards_send_to_whoever_has_missed_much_costs_the_recovery_not_the_next_connection() {
        TestServer server = server("send-queue", "5");
        String comingBack = lose(server);
        emit(server, "/", 4);
        room.guard = socket -> socket.emitWithAck("asks");

        TestClient client = server.connect().says("0" + comingBack);

        assertThat(client.session().isOpen()).isFalse();
        assertThat(server.connect().says("0" + comingBack).hears()).hasSize(2);
        assertThat(room.ends).hasSize(2);
    }
}
