package io.portcullis.socketio.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code server-config/run} refuses, before it fetches or starts anything. */
@Timeout(10)
class RunTest {

    private static final String ANY_FILE = "pom.xml";

    private static void assertRefused(String sentence, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("server-config/run"));
        command.addAll(List.of(arguments));
        Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(output.lines()).singleElement().asString().startsWith(sentence);
            assertThat(run.waitFor()).isEqualTo(2);
        } finally {
            run.destroy();
        }
    }

    private static ServerSocket busyPort() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @Test
    void a_server_that_it_does_not_know() throws Exception {
        assertRefused("There is no server 'tomcat'; choose one of: ", "tomcat", ANY_FILE);
    }

    @Test
    void a_war_that_is_not_there() throws Exception {
        assertRefused("There is no file 'target/none.war'; build it first: mvn package", "liberty", "target/none.war");
    }

    @Test
    void a_port_that_somebody_listens_at() throws Exception {
        try (ServerSocket busy = busyPort()) {
            String port = String.valueOf(busy.getLocalPort());

            assertRefused("Port " + port + " is in use; choose another one.", "wildfly", ANY_FILE, port);
        }
    }
}
