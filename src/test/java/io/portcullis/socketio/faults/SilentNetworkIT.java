package io.portcullis.socketio.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.FixtureServer;
import io.portcullis.socketio.testing.RawWebSocket;
import io.portcullis.socketio.testing.SocketClient;
import io.portcullis.socketio.testing.StallingProxy;
import io.portcullis.socketio.testing.Statistics;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client whose network falls silent: no end of its connection ever comes. The fixture's heartbeat finds it out. */
@Timeout(120)
class SilentNetworkIT {

    /** The fixture's interval and timeout, one second each, and what a busy machine needs. */
    private static final Duration NOTICED = Duration.ofSeconds(5);

    private static final int CLIENTS = 100;

    /** Open Liberty waits 30 seconds for the answer to its close frame; the others do not wait. */
    private static final Duration ENDED = Duration.ofSeconds(60);

    private final StallingProxy network = StallingProxy.before(FixtureServer.uri());
    private Statistics baseline;

    @BeforeEach
    void nobody_is_there() {
        baseline = Statistics.idle();
    }

    @AfterEach
    void the_network_goes() {
        network.close();
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void E18_is_noticed_and_nothing_comes_back_to_life(Via via) {
        SocketClient client = SocketClient.open(via, network.uri());
        try (SocketClient watcher = SocketClient.joined()) {
            String id = client.join("/");
            client.ask("[\"join\",\"room of the silent\"]");
            network.stall();
            long since = System.nanoTime();

            assertThat(watcher.farewell(id).toString())
                    .contains("\"reason\":\"ping timeout\"")
                    .contains("room of the silent");
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(NOTICED);
            assertThat(Statistics.now().rooms()).isZero();
        }
        baseline.awaitAgain();

        try (SocketClient watcher = SocketClient.joined()) {
            network.resume();
            assertThatThrownBy(() -> client.ask("[\"emit-all\",\"from the dead\"]"));
            watcher.expectNothingMore();
        }
        client.engine().vanish();
        baseline.awaitAgain();
    }

    @Test
    void E18_the_connections_of_a_crowd_are_ended_as_well() {
        List<RawWebSocket> clients = Stream.generate(
                        () -> RawWebSocket.open(network.uri(), "/socket.io/?EIO=4&transport=websocket"))
                .limit(CLIENTS)
                .toList();
        clients.forEach(client -> client.send("40"));
        network.stall();

        baseline.awaitAgain();
        await().atMost(ENDED).until(() -> network.endedByServer() == CLIENTS);
        clients.forEach(RawWebSocket::vanish);
    }
}
