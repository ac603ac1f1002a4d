package io.portcullis.socketio.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Pure functions. Runs a scenario of {@code src/test/node/conformance.mjs}: the JavaScript client, as people use it. */
public final class NodeClient {

    private static final long SECONDS = 30;

    private NodeClient() {}

    /** Runs a scenario over the given transports; it must succeed. */
    public static void run(String scenario, String transports) {
        String modules = System.getProperty(
                "portcullis.node.modules",
                Path.of("target/node/node_modules").toAbsolutePath().toString());
        ProcessBuilder builder = new ProcessBuilder(
                        "node",
                        "src/test/node/conformance.mjs",
                        scenario,
                        FixtureServer.uri().toString(),
                        transports)
                .redirectErrorStream(true);
        builder.environment().put("PORTCULLIS_NODE_MODULES", modules);
        try {
            Process process = builder.start();
            process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).whenComplete((ended, late) -> process.destroy());
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.onExit().join().exitValue()).as(output).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
