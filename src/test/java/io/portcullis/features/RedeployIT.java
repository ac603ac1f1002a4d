package io.portcullis.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawWebSocket;
import io.portcullis.socketio.testing.ServerJvm;
import io.portcullis.socketio.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application that is undeployed under its clients leaves nothing behind in a server that goes on. */
@Timeout(600)
class RedeployIT {

    private static final int TIMES = 20;
    private static final int WARM_UP = 3;
    private static final int CLIENTS = 10;

    /** WildFly looks for changes every five seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** As many as two applications have: the servers let go of the last one late, but none of twenty may stay. */
    private static final int CLASSES_TOLERANCE = 2000;

    private static final int THREADS_TOLERANCE = 8;
    private static final int VISITS = 200;
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

    @Test
    void nothing_of_an_application_stays() throws Exception {
        String name = ServerProcess.serverName();
        assumeTrue(Set.of("liberty", "wildfly").contains(name), name + " cannot undeploy without its admin tool");
        try (ServerProcess server = ServerProcess.launch("target/portcullis-features.war", Map.of());
                ServerJvm jvm = ServerJvm.attach(server.uri())) {
            redeploy(server, WARM_UP);
            long classes = jvm.classes();
            int threads = jvm.threads();

            redeploy(server, TIMES);

            await("classes")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(
                            () -> {
                                visit(server);
                                return jvm.classes();
                            },
                            now -> now <= classes + CLASSES_TOLERANCE);
            await("threads")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(jvm::threads, now -> now <= threads + THREADS_TOLERANCE);
        }
    }

    private static void redeploy(ServerProcess server, int times) {
        for (int i = 0; i < times; i++) {
            var clients = Stream.generate(() -> join(server)).limit(CLIENTS).toList();
            undeploy(server);
            for (RawWebSocket client : clients) {
                assertThat(client.closeCode(PATIENCE)).isEqualTo(1001);
                client.close();
            }
            await("gone").atMost(Duration.ofSeconds(20)).until(() -> status(server) == 404);
            deploy(server);
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

    private static void undeploy(ServerProcess server) {
        try {
            Files.delete(marker(server, "application.xml", "ROOT.war.deployed"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deploy(ServerProcess server) {
        try {
            if (ServerProcess.serverName().equals("liberty")) {
                Path file = marker(server, "application.xml", "");
                Files.copy(Path.of("server-config/liberty/application.xml"), file);
            } else {
                Files.createFile(marker(server, "", "ROOT.war.dodeploy"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Liberty watches a file of its configuration, WildFly the markers beside a deployment. */
    private static Path marker(ServerProcess server, String ofLiberty, String ofWildFly) {
        Path folder = ServerProcess.folder(server.uri());
        return ServerProcess.serverName().equals("liberty")
                ? folder.resolve("usr/servers/portcullis").resolve(ofLiberty)
                : folder.resolve("deployments").resolve(ofWildFly);
    }
}
