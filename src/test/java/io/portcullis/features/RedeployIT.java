package io.portcullis.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawWebSocket;
import io.portcullis.socketio.testing.ServerJvm;
import io.portcullis.socketio.testing.ServerProcess;
import io.portcullis.socketio.testing.SocketClient;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application that is undeployed under its clients leaves nothing behind in a server that goes on. */
@Timeout(600)
class RedeployIT {

    private static final Path WAR = Path.of("target/portcullis-features.war");

    /**
     * What is kept softly goes when memory is needed, here at once: buffers of Jackson, which Flyway uses, in Open Liberty's
     * threads, and the JDK's own cache of what it knows of classes.
     */
    private static final String JVM_ARGS = "-Xms256m -Xmx1g -XX:SoftRefLRUPolicyMSPerMB=0";

    private static final int TIMES = 20;
    private static final int WARM_UP = 3;
    private static final int CLIENTS = 10;
    private static final int POLLING_CLIENTS = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Longer than idle threads of the servers' pools live, a minute. */
    private static final Duration FORGETFUL = Duration.ofSeconds(150);

    /** Every copy of the application has one. */
    private static final Class<?> OURS = DisconnectReason.class;

    /** Idle threads of a pool may each remember the last application that they served; far fewer than the twenty and three. */
    private static final int COPIES = 7;

    private static final int THREADS_TOLERANCE = 8;
    private static final int VISITS = 200;
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

    @Test
    void nothing_of_an_application_stays() throws Exception {
        String name = ServerProcess.serverName();
        assumeFalse(name.equals("payara-micro"), "Payara Micro has no administration that could be asked.");
        int admin = ServerProcess.freePort();
        Map<String, String> environment = Map.of(
                "PAYARA_ADMIN_PORT", String.valueOf(admin), "SOCKETIO_DRAIN_DURATION", "PT0S", "JVM_ARGS", JVM_ARGS);
        try (ServerProcess server = ServerProcess.launch(WAR.toString(), environment);
                ServerJvm jvm = ServerJvm.attach(server.uri())) {
            Deployment application = Deployment.on(server, WAR, admin);
            redeploy(server, application, WARM_UP);
            int threads = jvm.threads();

            redeploy(server, application, TIMES);

            await("copies of the application")
                    .atMost(FORGETFUL)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(
                            () -> {
                                visit(server);
                                return jvm.copies(OURS);
                            },
                            now -> now <= COPIES);
            await("threads")
                    .atMost(FORGETFUL)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(jvm::threads, now -> now <= threads + THREADS_TOLERANCE);
        }
    }

    private static void redeploy(ServerProcess server, Deployment application, int times) {
        for (int i = 0; i < times; i++) {
            var clients = Stream.generate(() -> join(server)).limit(CLIENTS).toList();
            var polling =
                    Stream.generate(() -> poll(server)).limit(POLLING_CLIENTS).toList();
            application.undeploy();
            for (RawWebSocket client : clients) {
                assertThat(client.closeCode(PATIENCE)).isEqualTo(1001);
                client.close();
            }
            assertThat(polling).allSatisfy(end -> assertThat(end).succeedsWithin(PATIENCE));
            await("gone").atMost(Duration.ofSeconds(20)).until(() -> status(server) == 404);
            application.deploy();
            await("back").atMost(Duration.ofSeconds(60)).until(() -> status(server) == 200);
        }
    }

    private static RawWebSocket join(ServerProcess server) {
        RawWebSocket socket = RawWebSocket.open(server.uri(), POLLING.replace("polling", "websocket"));
        socket.text();
        socket.send("40/farewell");
        socket.text();
        return socket;
    }

    /** A client whose poll waits; done when the server's close packet has come. */
    private static CompletableFuture<Void> poll(ServerProcess server) {
        SocketClient client = SocketClient.open(EngineClient.Via.POLLING, server.uri());
        client.enter("/farewell");
        return CompletableFuture.runAsync(() -> assertThatThrownBy(() -> Stream.generate(client::text)
                        .forEach(text -> assertThat(text).contains("server:draining")))
                .hasMessage("The server has closed the session."));
    }

    private static int status(ServerProcess server) {
        try (RawHttp http = RawHttp.connect(server.uri())) {
            return http.get(POLLING).status();
        } catch (UncheckedIOException e) { // nobody answers
            return 0;
        }
    }

    /** Each thread of Open Liberty's pool remembers the last application that it upgraded a request for, until it has another request. */
    private static void visit(ServerProcess server) {
        for (int i = 0; i < VISITS; i++) {
            try (RawHttp http = RawHttp.connect(server.uri())) {
                http.get("/");
            }
        }
    }
}
