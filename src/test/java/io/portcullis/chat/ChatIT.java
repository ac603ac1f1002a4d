package io.portcullis.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.portcullis.socketio.testing.NodeClient;
import io.portcullis.socketio.testing.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The sample in Chromium, two pages at a time, on a real server. Every scenario of {@code src/test/node/chat.mjs} also
 * fails when a page writes an error or a violation of its content security policy to the console.
 */
@Timeout(120)
class ChatIT {

    private static URI server;

    private static final Path CHROMIUM = Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));

    /** Without a browser these tests are skipped on a developer's machine, and fail in the build's own run. */
    @BeforeAll
    static void start() {
        assumeThat(Files.isExecutable(CHROMIUM) || System.getenv("CI") != null)
                .as("Chromium is at " + CHROMIUM + ", or where the environment variable CHROMIUM says")
                .isTrue();
        String given = System.getProperty("portcullis.chat.url");
        server = given == null ? ServerProcess.start("target/portcullis.war") : URI.create(given);
    }

    private static void run(String scenario) throws IOException, InterruptedException {
        Process process = NodeClient.start("chat.mjs", server.resolve("/").toString(), scenario);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    @Test
    void two_people_talk_and_see_who_types_and_what_has_arrived() throws Exception {
        run("text");
    }

    @Test
    void a_picture_arrives() throws Exception {
        run("picture");
    }

    @Test
    void a_lost_connection_comes_back_and_nothing_was_missed() throws Exception {
        run("reconnect");
    }

    @Test
    void a_name_is_taken_once() throws Exception {
        run("names");
    }

    @Test
    void the_page_fits_a_narrow_screen_in_the_dark() throws Exception {
        run("narrow");
    }
}
