package io.portcullis.socketio.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.NodeClient;
import io.portcullis.socketio.testing.ServerProcess;
import io.portcullis.socketio.testing.Statistics;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server is killed under two hundred clients and started again: all come back by themselves. */
@Timeout(400)
class RestartIT {

    private static final int CLIENTS = 200;

    /** The longest pause between two attempts of a client is 7.5 seconds; a cold and busy server needs the rest. */
    private static final Duration BACK = Duration.ofSeconds(30);

    private static final Duration ENDED = Duration.ofSeconds(10);

    /** Milliseconds, as in life: under the fixture's second, clients of a cold and busy server are lost again. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "FIXTURE_PING_INTERVAL", "25000",
            "FIXTURE_PING_TIMEOUT", "20000",
            "FIXTURE_CONNECT_TIMEOUT", "45000",
            "FIXTURE_UPGRADE_TIMEOUT", "10000");

    private ServerProcess server;
    private Process clients;
    private BufferedReader output;

    @BeforeEach
    void start() throws IOException {
        server = ServerProcess.launch("target/portcullis-fixture.war", DEFAULTS);
        clients = NodeClient.start("restart.mjs", server.uri().toString(), String.valueOf(CLIENTS));
        output = clients.inputReader();
    }

    @AfterEach
    void stop() {
        clients.destroy();
        server.close();
    }

    @Test
    void everybody_comes_back_once() throws Exception {
        assertThat(output.readLine()).isEqualTo("connected");

        server.kill();
        assertThat(server.awaitEnd(ENDED)).isTrue();
        server = server.again();
        long ready = System.nanoTime();

        assertThat(output.readLine()).isEqualTo("back");
        assertThat(Duration.ofNanos(System.nanoTime() - ready)).isLessThan(BACK);
        Statistics now = Statistics.of(server.uri());
        assertThat(now.sockets()).isEqualTo(CLIENTS);
        assertThat(now.sessions()).isEqualTo(CLIENTS);

        clients.getOutputStream().close();
        assertThat(clients.waitFor(ENDED.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(clients.exitValue()).as(output.readLine()).isZero();
    }
}
