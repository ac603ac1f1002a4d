package io.portcullis.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.ServerProcess;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The server's jar registers itself: a WAR needs nothing besides it and its libraries but a namespace. */
class TinyIT {

    private static final String WAR = "target/portcullis-tiny.war";

    /** What the jar brings, but for the MessagePack library: see the README. */
    private static final Pattern LIBRARY =
            Pattern.compile("WEB-INF/lib/(org\\.eclipse\\.persistence|flyway|jackson|caffeine|bucket4j).*\\.jar");

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
        URI server = ServerProcess.start(WAR);
        Socket socket = IO.socket(server.resolve("/tiny"));
        CompletableFuture<Object> answer = new CompletableFuture<>();

        socket.emit(
                "echo", new Object[] {"hello"}, arguments -> answer.complete(arguments[0])); // waits for the connection
        socket.connect();

        assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("hello");
        socket.disconnect();
    }
}
