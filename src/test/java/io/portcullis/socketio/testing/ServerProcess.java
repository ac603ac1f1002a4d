package io.portcullis.socketio.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Thread-safe. Runs a WAR on an application server for as long as the tests run. */
public final class ServerProcess {

    private static final long START_SECONDS = 180;

    private ServerProcess() {}

    /** The application server: system property {@code portcullis.server}, or Open Liberty. */
    public static String serverName() {
        return System.getProperty("portcullis.server", "liberty");
    }

    /** Starts it on a free port, and says where it is once it is ready. */
    public static URI start(String war) {
        try {
            int port = freePort();
            Process process = new ProcessBuilder("server-config/run", serverName(), war, String.valueOf(port))
                    .redirectErrorStream(true)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
            CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();
            Thread reader = new Thread(() -> read(process, ready), "output of " + war);
            reader.setDaemon(true);
            reader.start();
            ready.get(START_SECONDS, TimeUnit.SECONDS);
            return URI.create("http://127.0.0.1:" + port);
        } catch (Exception e) {
            throw new IllegalStateException(war + " did not start.", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Reads to the end: a full pipe would stop the server. */
    private static void read(Process process, CompletableFuture<@Nullable Void> ready) {
        StringBuilder seen = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(" is ready")) {
                    ready.complete(null);
                } else if (!ready.isDone()) {
                    seen.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(new UncheckedIOException(e));
        }
        ready.completeExceptionally(new IllegalStateException("It ended with:\n" + seen));
    }

    private static void stop(Process process) {
        process.destroy(); // SIGTERM: the script ends the server
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
