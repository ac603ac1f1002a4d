package io.portcullis.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.ServerProcess;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server's jar registers itself: a WAR needs nothing besides it and its libraries but a namespace. */
class TinyIT {

    private static final String WAR = "target/portcullis-tiny.war";

    /** What the jar brings, but for the MessagePack library: see the README. */
    private static final Pattern LIBRARY =
            Pattern.compile("WEB-INF/lib/(org\\.eclipse\\.persistence|flyway|jackson|caffeine|bucket4j).*\\.jar");

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.launch(WAR, Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void one_class_and_the_jar_are_an_application() throws Exception {
        try (ZipFile war = new ZipFile(WAR)) {
            assertThat(war.stream()
                            .filter(entry -> !entry.isDirectory())
                            .map(ZipEntry::getName)
                            .filter(name -> !LIBRARY.matcher(name).matches()))
                    .containsExactlyInAnyOrder(
                            "META-INF/MANIFEST.MF",
                            "WEB-INF/classes/io/portcullis/tiny/TinyNamespace.class",
                            "WEB-INF/lib/portcullis-classes.jar");
        }
        Socket socket = IO.socket(server.uri().resolve("/tiny"));
        CompletableFuture<Object> answer = new CompletableFuture<>();

        socket.emit(
                "echo", new Object[] {"hello"}, arguments -> answer.complete(arguments[0])); // waits for the connection
        socket.connect();

        assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("hello");
        socket.disconnect();
    }

    @Test
    void O17_without_configuration_only_pages_of_this_address_may_come() {
        String own = server.uri().getAuthority();

        assertThat(handshake(own, "Origin: http://" + own)).isEqualTo(200);
        assertThat(handshake(
                        "localhost:" + server.uri().getPort(),
                        "Origin: http://localhost:" + server.uri().getPort()))
                .isEqualTo(200);
        assertThat(handshake(own, "Origin: http://evil.example")).isEqualTo(403);
        assertThat(handshake(own, "Origin: https://" + own)).isEqualTo(403);
        // a name that its owner has made to mean this address
        assertThat(handshake("evil.example", "Origin: http://evil.example")).isEqualTo(403);
        assertThat(handshake(own, "Origin: http://192.0.2.1", "X-Forwarded-Host: 192.0.2.1"))
                .isEqualTo(403);
        assertThat(handshake(own, "Origin: http://192.0.2.1", "Forwarded: host=192.0.2.1"))
                .isEqualTo(403);
    }

    private static int handshake(String host, String... headers) {
        String lines = String.join("\r\n", headers);
        try (RawHttp http = RawHttp.connect(server.uri())) {
            http.send("GET " + POLLING + " HTTP/1.1\r\nHost: " + host + "\r\n" + lines + "\r\n\r\n");
            return http.read().status();
        }
    }
}
