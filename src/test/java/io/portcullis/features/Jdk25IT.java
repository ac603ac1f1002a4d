package io.portcullis.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawWebSocket;
import io.portcullis.socketio.testing.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same WAR on Java 25, if there is one: {@code JAVA_25_HOME}, or where Debian puts it. */
@Timeout(240)
class Jdk25IT {

    private static final Path USUAL_PLACE = Path.of("/usr/lib/jvm");
    private static final String ASK = "42/farewell,7[\"thread\"]";
    private static final String ASK_JAVA = "42/farewell,8[\"java\"]";

    private static @Nullable String home() throws IOException {
        String given = System.getenv("JAVA_25_HOME");
        if (given != null || !Files.isDirectory(USUAL_PLACE)) {
            return given;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(USUAL_PLACE, "temurin-25-*")) {
            Iterator<Path> first = found.iterator();
            return first.hasNext() ? first.next().toString() : null;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"liberty", "wildfly", "payara-micro", "payara"})
    void serves_over_both_transports(String name) throws IOException {
        String home = home();
        assumeTrue(home != null, "There is no Java 25 here: set JAVA_25_HOME.");
        boolean virtual = name.equals("liberty");
        String executor = virtual ? "portcullis/virtual" : "java:comp/DefaultManagedExecutorService";
        try (ServerProcess server = ServerProcess.launchOn(
                name, "target/portcullis-features.war", Map.of("JAVA_HOME", home), "-Dsocketio.executor=" + executor)) {
            assertThat(overWebSocket(server.uri()).contains("VirtualThread")).isEqualTo(virtual);
            assertThat(overPolling(server.uri())).isEqualTo("43/farewell,8[25]");
        }
    }

    private static String overWebSocket(URI server) {
        try (RawWebSocket socket = RawWebSocket.open(server, "/socket.io/?EIO=4&transport=websocket")) {
            socket.text();
            socket.send("40/farewell");
            socket.text();
            socket.send(ASK);
            return socket.text();
        }
    }

    private static String overPolling(URI server) {
        try (RawHttp http = RawHttp.connect(server)) {
            String target = "/socket.io/?EIO=4&transport=polling";
            String open = http.get(target).text().substring(1);
            String session = target + "&sid=" + EngineClient.json(open).getString("sid");
            http.post(session, "40/farewell");
            assertThat(http.get(session).text()).startsWith("40/farewell,");
            http.post(session, ASK_JAVA);
            return http.get(session).text();
        }
    }
}
