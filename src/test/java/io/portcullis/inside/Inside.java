package io.portcullis.inside;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.ServerProcess;
import io.portcullis.socketio.testing.SocketClient;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServletRequest;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Thread-safe. The application around a test, and the way to it from the test's own request. */
final class Inside {

    private static final String SERVER = "inside-server";

    private Inside() {}

    /** A test with the beans that are nested in it, the server's jar in WEB-INF/lib, and what a client is made of. */
    static WebArchive war(Class<?> test) {
        return ShrinkWrap.create(WebArchive.class, test.getSimpleName() + ".war")
                .addClasses(test, Inside.class, Tally.class)
                .addPackage(SocketClient.class.getPackage())
                .addAsResource(new StringAsset(ServerProcess.serverName()), SERVER)
                .merge(
                        ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/portcullis-fixture.war")),
                        "/",
                        Filters.include("/WEB-INF/lib/.*")) // the server's jar and what it brings
                .addAsLibraries(Stream.of(Assertions.class, Awaitility.class, Matcher.class)
                        .map(Inside::jar)
                        .toArray(File[]::new));
    }

    private static File jar(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The server around the application, as {@code server-config} names it. */
    static String server() {
        try (InputStream name = Inside.class.getClassLoader().getResourceAsStream(SERVER)) {
            return new String(name.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client of this application that has joined a namespace. */
    static SocketClient join(EngineClient.Via via, String namespace, String... headers) {
        SocketClient client = open(via, headers);
        client.enter(namespace);
        return client;
    }

    /** A client of this application that has joined no namespace. */
    static SocketClient open(EngineClient.Via via, String... headers) {
        return SocketClient.open(via, uri(), request().getContextPath() + "/socket.io/", headers);
    }

    /** Where this server is. */
    static URI uri() {
        return URI.create("http://127.0.0.1:" + request().getLocalPort());
    }

    private static HttpServletRequest request() {
        return CDI.current().select(HttpServletRequest.class).get();
    }
}
