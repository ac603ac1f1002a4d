package io.portcullis.socketio.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.RawWebSocket;
import io.portcullis.socketio.testing.ServerJvm;
import io.portcullis.socketio.testing.ServerProcess;
import io.portcullis.socketio.testing.SocketClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that stop to read are sent away; whoever sends to them, and everybody else, does not wait for them. */
@Timeout(180)
class StoppedReaderIT {

    private static final int READERS = 20;

    private static final int MESSAGES = 300;
    private static final int LENGTH = 100_000;

    /** Shared by all: each session's queue holds the same messages. */
    private static final long HEAP_TOLERANCE = 40_000_000;

    /** Payara keeps up to four socket buffers' worth for each connection, until its client ends it. */
    private static final long PAYARA_TOLERANCE = 12_000_000L * READERS;

    private static final int FLOODS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PROMPT = Duration.ofSeconds(3);

    private final SocketClient other = FaultsServer.join(Via.WEBSOCKET);
    private ServerJvm jvm;
    private List<RawWebSocket> readers;
    private long heap;

    @BeforeEach
    void join_a_room_and_stop_to_read() {
        readers = Stream.generate(StoppedReaderIT::reader).limit(READERS).toList();
        jvm = ServerJvm.attach(FaultsServer.uri());
        heap = jvm.heap();
    }

    private static RawWebSocket reader() {
        RawWebSocket reader = RawWebSocket.open(FaultsServer.uri(), "/socket.io/?EIO=4&transport=websocket");
        reader.text();
        reader.send("40/faults");
        reader.text();
        reader.send("42/faults,1[\"join\",\"flooded\"]");
        assertThat(reader.text()).startsWith("43/faults,1");
        return reader;
    }

    @AfterEach
    void go() {
        readers.forEach(RawWebSocket::vanish);
        other.close();
        jvm.close();
    }

    private static long tolerance() {
        return ServerProcess.serverName().startsWith("payara") ? PAYARA_TOLERANCE : HEAP_TOLERANCE;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void are_sent_too_much(boolean maybe) {
        for (int i = 0; i < MESSAGES; i++) {
            long start = System.nanoTime();
            FaultsServer.ask(other, "[\"tell\",\"flooded\"," + LENGTH + "," + maybe + "]");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPT);
        }

        assertThat(jvm.heap() - heap).isLessThan(tolerance());
        FaultsServer.awaitAlone(other);
    }

    @Test
    void flood_the_server_with_pings() {
        List<CompletableFuture<Void>> floods = readers.stream()
                .limit(FLOODS)
                .map(reader -> CompletableFuture.runAsync(() -> flood(reader)))
                .toList();

        for (long start = System.nanoTime(); FaultsServer.sessions(other) > 1; start = System.nanoTime()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPT);
            assertThat(jvm.heap() - heap).isLessThan(tolerance());
        }

        readers.forEach(RawWebSocket::vanish);
        assertThat(floods).allSatisfy(flood -> assertThat(flood).failsWithin(PATIENCE));
    }

    /** The server stops to read as well, or ends the connection. */
    private static void flood(RawWebSocket reader) {
        byte[] ping = RawWebSocket.masked(0x80 | RawWebSocket.PING, new byte[125]);
        while (true) {
            reader.raw(ping);
        }
    }
}
