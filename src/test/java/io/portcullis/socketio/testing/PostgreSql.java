package io.portcullis.socketio.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** Confined to its thread. A PostgreSQL on a free port of the loopback interface, with its data in a temporary folder. */
public final class PostgreSql implements AutoCloseable {

    private static final Path INSTALLATIONS = Path.of("/usr/lib/postgresql");
    private static final long PATIENCE_SECONDS = 60;

    /** {@code none} for the inner loop, {@code only} for what that leaves out, {@code both} unless set. */
    private static final String DATABASES = System.getProperty("portcullis.postgresql", "both");

    private final Path binaries;
    private final Path folder;
    private final int port;
    private Process server;

    private PostgreSql(Path binaries) throws IOException {
        this.binaries = binaries;
        this.folder = Files.createTempDirectory("portcullis-postgresql");
        giveAway(folder);
        run(command("initdb", "-D", folder.toString(), "-U", "portcullis", "-A", "trust", "-E", "UTF8", "--no-sync"));
        this.port = ServerProcess.freePort();
        this.server = launch();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** The one that all tests of this virtual machine share, each with a database of its own; without it they are skipped. */
    public static PostgreSql shared() {
        assumeInstalled();
        return Holder.SHARED;
    }

    /** One of the caller's own. */
    public static PostgreSql start() {
        assumeInstalled();
        try {
            return new PostgreSql(binaries().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static boolean isWanted() {
        return !DATABASES.equals("none");
    }

    public static boolean isWantedAlone() {
        return DATABASES.equals("only");
    }

    /** Without it, tests are skipped on a developer's machine, and fail in the build's own run. */
    private static void assumeInstalled() {
        assumeTrue(isWanted(), "The inner loop goes without PostgreSQL.");
        assumeTrue(
                binaries().isPresent() || System.getenv("CI") != null,
                "There is no PostgreSQL below " + INSTALLATIONS + ": install it.");
    }

    private static Optional<Path> binaries() {
        if (!Files.isDirectory(INSTALLATIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLATIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty database. */
    public PGSimpleDataSource newDatabase() {
        String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
        try (Connection connection = dataSource("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return dataSource(name);
    }

    /** What tells {@code server-config/run} to make a database of this PostgreSQL the default data source. */
    public static Map<String, String> environment(PGSimpleDataSource database) {
        String address = "127.0.0.1:" + database.getPortNumbers()[0];
        return Map.of("PORTCULLIS_POSTGRESQL", address + "/" + database.getDatabaseName());
    }

    /** The user {@code portcullis} may do everything, and needs no password. */
    public PGSimpleDataSource dataSource(String database) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName(database);
        dataSource.setUser("portcullis");
        dataSource.setApplicationName("test");
        return dataSource;
    }

    /** Ends it at once, as a failure would: connections are cut. */
    public void stop() {
        try {
            if (server.isAlive()) {
                run(command("pg_ctl", "-D", folder.toString(), "-m", "immediate", "stop"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again, at the same port and with the same data. */
    public void restart() {
        try {
            server = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() throws IOException {
        Process process = command(
                        "postgres",
                        "-D",
                        folder.toString(),
                        "-p",
                        String.valueOf(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "fsync=off")
                .start();
        await("PostgreSQL").atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(this::answers);
        return process;
    }

    private boolean answers() {
        try (Connection connection = dataSource("postgres").getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** PostgreSQL refuses to run as root. */
    private ProcessBuilder command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(binaries.resolve(program).toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    private static void run(ProcessBuilder command) throws IOException {
        Process process = command.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command.command() + " failed.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void giveAway(Path folder) throws IOException {
        if (isRoot()) {
            UserPrincipal owner =
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("postgres");
            Files.setOwner(folder, owner);
        }
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Holder {

        static final PostgreSql SHARED = start();
    }
}
