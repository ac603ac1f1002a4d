package io.portcullis.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Confined to its test. Takes the only application of a server that goes on away, and brings it back. */
interface Deployment {

    void undeploy();

    void deploy();

    /** Open Liberty and WildFly watch files; Payara Server listens at the port that it was given for its administration. */
    static Deployment on(ServerProcess server, Path war, int adminPort) {
        Path folder = ServerProcess.folder(server.uri());
        return switch (ServerProcess.serverName()) {
            case "liberty" -> new OnLiberty(folder.resolve("usr/servers/portcullis/application.xml"));
            case "wildfly" -> new OnWildFly(folder.resolve("deployments"));
            case "payara" -> new OnPayara(URI.create("http://127.0.0.1:" + adminPort), war);
            default -> throw new IllegalArgumentException(ServerProcess.serverName());
        };
    }

    /** The file is a part of the server's configuration. */
    record OnLiberty(Path file) implements Deployment {

        @Override
        public void undeploy() {
            run(() -> Files.delete(file));
        }

        @Override
        public void deploy() {
            run(() -> Files.copy(Path.of("server-config/liberty/application.xml"), file));
        }
    }

    /** Markers beside the WAR tell what is to be done with it. */
    record OnWildFly(Path folder) implements Deployment {

        @Override
        public void undeploy() {
            run(() -> Files.delete(folder.resolve("ROOT.war.deployed")));
        }

        @Override
        public void deploy() {
            run(() -> Files.createFile(folder.resolve("ROOT.war.dodeploy")));
        }
    }

    /** What its command line tool asks for as well, without a virtual machine for each command. */
    record OnPayara(URI administration, Path war) implements Deployment {

        private static final Duration PATIENCE = Duration.ofSeconds(60);

        @Override
        public void undeploy() {
            command("undeploy?DEFAULT=portcullis");
        }

        @Override
        public void deploy() {
            command("deploy?DEFAULT=" + war.toAbsolutePath() + "&name=portcullis&contextroot=/");
        }

        private void command(String command) {
            try (RawHttp http = RawHttp.connect(administration)) {
                http.sendGet("/__asadmin/" + command, "X-Requested-By: " + Deployment.class.getSimpleName());
                assertThat(http.read(PATIENCE, false).text()).contains("Exit Code : SUCCESS");
            }
        }
    }

    private static void run(FileChange change) {
        try {
            change.make();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the checked exception's sake. */
    interface FileChange {
        void make() throws IOException;
    }
}
