package io.portcullis.socketio.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Stateless. Runs the scripts in {@code src/test/node}: the JavaScript client, as people use it. */
public final class NodeClient {

    private static final long SECONDS = 30;

    private NodeClient() {}

    /** Runs a scenario of {@code conformance.mjs} over the given transports; it must succeed. */
    public static void run(String scenario, String transports) {
        try {
            Process process =
                    start("conformance.mjs", scenario, FixtureServer.uri().toString(), transports);
            process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).whenComplete((ended, late) -> process.destroy());
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.onExit().join().exitValue()).as(output).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a script, with its errors in its output. */
    public static Process start(String script, String... arguments) throws IOException {
        String modules = System.getProperty(
                "portcullis.node.modules",
                Path.of("target/node/node_modules").toAbsolutePath().toString());
        List<String> command = new ArrayList<>(List.of("node", "src/test/node/" + script));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PORTCULLIS_NODE_MODULES", modules);
        return builder.start();
    }
}
