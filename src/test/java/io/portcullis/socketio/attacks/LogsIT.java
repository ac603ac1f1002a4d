package io.portcullis.socketio.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portcullis.socketio.testing.Administrator;
import io.portcullis.socketio.testing.FixtureServer;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawWebSocket;
import io.portcullis.socketio.testing.Secrets;
import io.portcullis.socketio.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What the fixture's server has written down while all tests of this run were at it: this class comes last. */
@Order(Integer.MAX_VALUE)
class LogsIT {

    private static final String WEBSOCKET = "/secure/?EIO=4&transport=websocket&token=";
    private static final String TOKEN = "a-token-in-the-query-of-an-upgrade";

    /** What may be one of {@link Secrets}: there are too many to look for each. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{16,}");

    /** An error that tells of our classes, or a line of its stack; what servers say before we are asked is theirs. */
    private static final Pattern OURS = Pattern.compile("^\\s+at .*io\\.portcullis|(ERROR|SEVERE).*io\\.portcullis");

    private static Path folder;

    @BeforeAll
    static void open() {
        folder = ServerProcess.folder(FixtureServer.uri());
        assumeTrue(Files.isDirectory(folder), "The server runs elsewhere: its logs cannot be looked at.");
    }

    /** Some servers write down whatever belongs to a WebSocket when it breaks. */
    private static void breakWebSockets() {
        for (int i = 0; i < 3; i++) {
            RawWebSocket socket = RawWebSocket.open(WEBSOCKET + TOKEN);
            socket.text();
            socket.frame(true, RawWebSocket.PING, new byte[126]);
            socket.closeCode();
            RawWebSocket other = RawWebSocket.open(WEBSOCKET + TOKEN);
            other.text();
            other.vanish();
        }
    }

    @Test
    void G02_no_secret_of_the_run_is_in_any_log() {
        breakWebSockets();
        RawHttp.fetch("/secure/?EIO=4&transport=polling", "Authorization: " + Administrator.login("carol"))
                .text();
        Set<String> ids = Secrets.all();
        assertThat(ids).hasSizeGreaterThan(3).allMatch(WORD.asMatchPredicate());
        String login = Administrator.login("carol").substring("Basic ".length());

        for (Path log : logs()) {
            assertThat(read(log)).as(log.toString()).doesNotContain(TOKEN, "carol-password", "root-password", login);
            assertThat(words(log)).as(log.toString()).doesNotContainAnyElementsOf(ids);
        }
    }

    private static Set<String> words(Path log) {
        return WORD.matcher(read(log)).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    @Test
    void nothing_that_clients_did_was_an_error_of_ours() {
        breakWebSockets();

        assertThat(read(folder.resolve("console.log")).lines().filter(OURS.asPredicate()))
                .isEmpty();
    }

    private static List<Path> logs() {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> logs = files.filter(file -> file.toString().matches(".*\\.(log|txt)"))
                    .toList();
            assertThat(logs).isNotEmpty();
            return logs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
