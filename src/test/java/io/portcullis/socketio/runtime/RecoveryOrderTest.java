package io.portcullis.socketio.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.OnAnyOutgoing;
import io.portcullis.socketio.OnConnect;
import io.portcullis.socketio.RoomEvent;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.runtime.TestServer.TestClient;
import io.portcullis.socketio.testing.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** "Missed packets are sent with their offsets, in order": a client must not see an offset before an earlier one. */
class RecoveryOrderTest {

    private static final Pattern OFFSET = Pattern.compile("\"([\\w-]+\\.(\\d+))\"]$");
    private static final Pattern SECRET = Pattern.compile("\"pid\":\"([^\"]+)\"");

    @Namespace("/")
    public static final class Room {

        volatile Consumer<Socket> guard = socket -> {};
        volatile Consumer<String> outgoing = event -> {};

        @OnConnect
        public void connect(Socket socket) {
            guard.accept(socket);
        }

        @OnAnyOutgoing
        public void outgoing(String event) {
            outgoing.accept(event);
        }
    }

    private final Room room = new Room();
    private final TestServer server = new TestServer(room, "recovery.enabled", "true");

    private void emit(String event) {
        server.endpoint.of("/").emit(event);
    }

    private TestClient join() {
        return server.connect().says("0");
    }

    private static List<Long> offsets(List<String> frames) {
        List<Long> offsets = new ArrayList<>();
        for (String frame : frames) {
            Matcher matcher = OFFSET.matcher(frame);
            if (matcher.find()) {
                offsets.add(Long.valueOf(matcher.group(2)));
            }
        }
        return offsets;
    }

    /** Runs something in another thread until it has ended or has to wait. */
    private static Thread meanwhile(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TERMINATED || thread.getState() == Thread.State.BLOCKED);
        return thread;
    }

    @Test
    void what_two_send_at_the_same_time_arrives_in_the_order_of_the_offsets() throws InterruptedException {
        TestClient client = join();
        client.hears();
        List<Thread> others = new ArrayList<>();
        room.outgoing = event -> {
            if (event.equals("first")) {
                others.add(meanwhile(() -> emit("second")));
            }
        };

        emit("first");
        others.get(0).join();

        List<String> heard = client.hears();
        assertThat(heard).extracting(frame -> frame.substring(0, 6)).containsExactly("42[\"fi", "42[\"se");
        assertThat(offsets(heard)).containsExactly(1L, 2L);
    }

    @Test
    void what_is_sent_while_a_socket_is_confirmed_comes_once_and_in_the_order_of_the_offsets()
            throws InterruptedException {
        emit("before");
        room.guard = socket -> {
            socket.join("r");
            socket.emit("greeting");
        };
        List<Thread> others = new ArrayList<>();
        server.observer = event -> {
            if (event instanceof RoomEvent changed && changed.type() == RoomEvent.Type.JOINED) {
                others.add(meanwhile(() -> emit("other")));
                emit("own");
            }
        };

        TestClient client = join();
        others.get(0).join();
        emit("after");

        List<String> heard = client.hears();
        assertThat(heard).hasSize(5);
        assertThat(heard.get(0)).startsWith("40{");
        assertThat(offsets(heard)).containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    void nothing_is_missed_or_comes_twice_however_often_a_client_is_cut_off() throws InterruptedException {
        int rounds = 100;
        int events = 30;
        room.guard = socket -> socket.join("r");
        List<String> heard = new ArrayList<>();
        TestClient[] client = {join()};
        emit("first");

        for (int i = 0; i < rounds; i++) {
            Race.run(
                    () -> repeat(events, () -> emit("to all")),
                    () -> repeat(events, () -> server.endpoint.of("/").to("r").emit("to a room")),
                    () -> repeat(
                            events, () -> server.endpoint.of("/").except("x").emit("to others")),
                    () -> {
                        client[0].isCutOff();
                        heard.addAll(client[0].hears());
                        client[0] = comeBack(heard);
                    });
        }
        heard.addAll(client[0].hears());

        assertThat(offsets(heard))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 3L * rounds * events + 1)
                        .boxed()
                        .toList());
    }

    @Test
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    void observers_that_emit_while_sockets_come_and_go_do_not_wait_for_each_other() throws InterruptedException {
        room.guard = socket -> socket.join("r", "of " + Thread.currentThread().getName());
        server.observer = event -> emit("observed");
        Runnable comeAndGo = () -> repeat(300, () -> join().isCutOff());

        Race.run(comeAndGo, comeAndGo, comeAndGo, () -> repeat(300, () -> emit("e")));

        assertThat(server.endpoint.of("/").fetchSockets())
                .succeedsWithin(Duration.ZERO)
                .asInstanceOf(LIST)
                .isEmpty();
    }

    private static void repeat(int times, Runnable action) {
        for (int i = 0; i < times; i++) {
            action.run();
        }
    }

    private TestClient comeBack(List<String> heard) {
        String secret = last(heard, SECRET);
        String offset = last(heard, OFFSET);
        return server.connect().says("0{\"pid\":\"" + secret + "\",\"offset\":\"" + offset + "\"}");
    }

    private static String last(List<String> frames, Pattern pattern) {
        for (int i = frames.size() - 1; i >= 0; i--) {
            Matcher matcher = pattern.matcher(frames.get(i));
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        throw new AssertionError("found no " + pattern);
    }
}
