package io.portcullis.socketio.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Confined to its thread. An application server that runs a WAR, at most for as long as the tests run. */
public final class ServerProcess implements AutoCloseable {

    private static final long START_SECONDS = 180;
    private static final long STOP_SECONDS = 30;

    /** As /proc/net/tcp writes the state, and the addresses 127.0.0.1, ::1 and ::ffff:127.0.0.1. */
    private static final String LISTENING = "0A";

    private static final Pattern LOOPBACK = Pattern.compile("(0100007F|0{24}01000000|0{16}FFFF00000100007F):[0-9A-F]+");

    private static final Pattern MANAGEMENT = Pattern.compile("management interface listening on (http://[0-9.:]+)/");

    private final String name;
    private final ProcessBuilder builder;
    private final Process process;
    private final URI uri;
    private final StringBuffer output = new StringBuffer();

    private ServerProcess(String name, ProcessBuilder builder, URI uri) throws IOException {
        this.name = name;
        this.builder = builder;
        this.process = builder.start();
        this.uri = uri;
    }

    /** The application server: system property {@code portcullis.server}, or Open Liberty. */
    public static String serverName() {
        return System.getProperty("portcullis.server", "liberty");
    }

    /** Starts it on a free port, and says where it is once it is ready. */
    public static URI start(String war) {
        return launch(war, Map.of()).uri();
    }

    /** Starts it on a free port, and returns when it is ready. */
    public static ServerProcess launch(String war, Map<String, String> environment, String... properties) {
        return launchOn(serverName(), war, environment, properties);
    }

    /** Starts a given server on a free port, and returns when it is ready. */
    public static ServerProcess launchOn(
            String name, String war, Map<String, String> environment, String... properties) {
        try {
            int port = freePort();
            // what a shell runs in the background ignores SIGINT, and so does all that it starts, tests for example
            List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
            command.addAll(List.of("server-config/run", name, war, String.valueOf(port)));
            command.addAll(List.of(properties));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            // a database of its own, which the script empties with the rest of the instance
            builder.environment().put("PORTCULLIS_DATA", "target/run/" + name + "-" + port + "/data");
            builder.environment().putAll(environment);
            return run(name, builder, URI.create("http://127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerProcess run(String name, ProcessBuilder builder, URI uri) throws IOException {
        ServerProcess server = new ServerProcess(name, builder, uri);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        server.awaitReady();
        return server;
    }

    /** Starts a server that has ended once more, on the same port, and returns when it is ready. */
    public ServerProcess again() throws IOException {
        return run(name, builder, uri);
    }

    public URI uri() {
        return uri;
    }

    /** Where {@code server-config/run} keeps a server's instance. */
    public static Path folder(URI server) {
        return folder(serverName(), server);
    }

    private static Path folder(String name, URI server) {
        return Path.of("target", "run", name + "-" + server.getPort());
    }

    /** Where MicroProfile Health answers: WildFly has a port of its own for it. */
    public URI health() {
        if (!name.equals("wildfly")) {
            return uri.resolve("/health/");
        }
        try {
            Matcher matcher =
                    MANAGEMENT.matcher(Files.readString(folder(name, uri).resolve("console.log")));
            if (matcher.find()) {
                return URI.create(matcher.group(1) + "/health/");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("WildFly did not say where its management interface is.");
    }

    /** Sends SIGTERM, as an operator would; the script ends the server. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGINT, as Ctrl-C does; the script ends the server. */
    public void interrupt() throws IOException {
        new ProcessBuilder("bash", "-c", "kill -INT " + process.pid()).start();
    }

    /** The script, and all that it has started. */
    public List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** Sends SIGKILL to the virtual machine itself. */
    public void kill() throws IOException {
        ProcessHandle.of(pid()).orElseThrow().destroyForcibly();
    }

    /** Sends SIGSTOP to the virtual machine itself: it does not do anything more. */
    public void freeze() throws IOException, InterruptedException {
        new ProcessBuilder("bash", "-c", "kill -STOP " + pid()).start().waitFor();
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(folder(name, uri).resolve("pid")).strip());
    }

    /** What the script has printed. */
    public String output() {
        return output.toString();
    }

    /** The interfaces at which the virtual machine listens, as Linux tells them; without ports for the loopback one. */
    public Set<String> interfaces() throws IOException {
        Path process = Path.of("/proc", String.valueOf(pid()));
        Set<String> sockets = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                sockets.add(target(file));
            }
        }
        return Stream.of("tcp", "tcp6")
                .flatMap(table -> lines(process.resolve("net").resolve(table)))
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns[3].equals(LISTENING) && sockets.contains("socket:[" + columns[9] + "]"))
                .map(columns -> LOOPBACK.matcher(columns[1]).replaceFirst("loopback"))
                .collect(Collectors.toSet());
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) { // closed meanwhile
            return "";
        }
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table).stream().skip(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the end of a server that was told to stop. */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        terminate();
        try {
            if (!awaitEnd(Duration.ofSeconds(STOP_SECONDS))) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady() {
        CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(ready), "output of " + uri);
        reader.setDaemon(true);
        reader.start();
        try {
            ready.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(builder.command() + " did not start:\n" + output, e);
        }
    }

    /** One of the loopback interface that nobody listens at now. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Reads to the end: a full pipe would stop the server. */
    private void read(CompletableFuture<@Nullable Void> ready) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.contains(" is ready")) {
                    ready.complete(null);
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(new UncheckedIOException(e));
        }
        ready.completeExceptionally(new IllegalStateException("It ended by itself."));
    }
}
