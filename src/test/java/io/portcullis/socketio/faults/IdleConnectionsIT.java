package io.portcullis.socketio.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawWebSocket;
import io.portcullis.socketio.testing.ServerJvm;
import io.portcullis.socketio.testing.SocketClient;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two thousand clients that have nothing to say: each costs a little memory, and a heartbeat. */
@Timeout(300)
class IdleConnectionsIT {

    private static final int CLIENTS = 2000;

    /** More than any of the servers has threads for requests. */
    private static final int POLLS = 400;

    /** The container's pools and caches are filled first. */
    private static final int WARM_UP = 300;

    /** Files that either virtual machine has open besides. */
    private static final int OTHER_FILES = 1500;

    /** Pings are answered while others still connect: that may take longer than the ping timeout. */
    private static final int SLICES = 4;

    /** Bytes. Measured: 14,000 on WildFly, 23,000 on Open Liberty, 36,000 on Payara, which keeps 20,000 of them in its pools. */
    private static final long HEAP_OF_EACH = 72 * 1024;

    private static final Duration PROMPT = Duration.ofSeconds(3);

    @Test
    void are_alive_and_cost_little() {
        assumeTrue(
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                        && system.getMaxFileDescriptorCount() > CLIENTS + OTHER_FILES,
                "so many connections are not allowed here: see ulimit -Hn");
        SocketClient other = FaultsServer.join(Via.WEBSOCKET);
        connect(WARM_UP).forEach(RawWebSocket::close);
        FaultsServer.awaitAlone(other);
        try (ServerJvm jvm = ServerJvm.attach(FaultsServer.uri())) {
            long before = jvm.heap();
            List<RawWebSocket> clients = new ArrayList<>();
            for (int i = 0; i < SLICES; i++) {
                clients.addAll(connect(CLIENTS / SLICES));
                answerPings(clients, other);
            }
            answerPings(clients, other);

            assertThat(FaultsServer.sessions(other)).isEqualTo(CLIENTS + 1);
            assertThat((jvm.heap() - before) / CLIENTS).isLessThan(HEAP_OF_EACH);

            clients.forEach(RawWebSocket::close);
            FaultsServer.awaitAlone(other);
        }
        other.close();
    }

    @Test
    void polls_that_wait_take_no_thread() {
        SocketClient other = FaultsServer.join(Via.WEBSOCKET);
        try (ServerJvm jvm = ServerJvm.attach(FaultsServer.uri())) {
            int before = jvm.threads();
            List<RawHttp> polls =
                    Stream.generate(IdleConnectionsIT::poll).limit(POLLS).toList();

            assertThat(FaultsServer.echo(other)).isLessThan(PROMPT);
            assertThat(jvm.threads() - before).isLessThan(POLLS / 4);

            polls.forEach(RawHttp::close);
            FaultsServer.awaitAlone(other);
        }
        other.close();
    }

    /** A session whose poll waits for the first ping. */
    private static RawHttp poll() {
        RawHttp http = RawHttp.connect(FaultsServer.uri());
        String target = "/socket.io/?EIO=4&transport=polling";
        String sid = EngineClient.json(http.get(target).text().substring(1)).getString("sid");
        http.sendGet(target + "&sid=" + sid);
        return http;
    }

    private static List<RawWebSocket> connect(int clients) {
        return Stream.generate(IdleConnectionsIT::connect).limit(clients).toList();
    }

    private static RawWebSocket connect() {
        RawWebSocket client = RawWebSocket.open(FaultsServer.uri(), "/socket.io/?EIO=4&transport=websocket");
        assertThat(client.text()).startsWith("0{");
        client.send("40/faults");
        assertThat(client.text()).startsWith("40/faults,");
        return client;
    }

    /** Each has one waiting, or gets one soon. */
    private static void answerPings(List<RawWebSocket> clients, SocketClient other) {
        for (RawWebSocket client : clients) {
            assertThat(client.text()).isEqualTo("2");
            client.send("3");
        }
        assertThat(FaultsServer.echo(other)).isLessThan(PROMPT);
    }
}
