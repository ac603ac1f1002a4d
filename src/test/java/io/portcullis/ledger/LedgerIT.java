package io.portcullis.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.PostgreSql;
import io.portcullis.socketio.testing.ServerProcess;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The store on each server, beside an application's own persistence unit. */
class LedgerIT {

    private static final String WAR = "target/portcullis-ledger.war";

    @TempDir
    Path folder;

    @Test
    void what_was_written_survives_the_rollback_of_the_handler_and_a_restart_of_the_server() throws Exception {
        Map<String, String> data = Map.of(
                "PORTCULLIS_DATA",
                folder.toString(),
                "SOCKETIO_AUDIT_ENABLED",
                "false"); // nothing but what is told here
        try (ServerProcess server = ServerProcess.launch(WAR, data)) {
            ask(server, "record", "undone", true);
            ask(server, "record", "done", false);
            assertThat(ask(server, "told")).isEqualTo("[done, undone] intact true, origins 2, notes 1");
        }

        try (ServerProcess server = ServerProcess.launch(WAR, data)) {
            assertThat(ask(server, "told")).isEqualTo("[done, undone] intact true, origins 2, notes 1");
            ask(server, "record", "again", false);
            assertThat(ask(server, "told")).isEqualTo("[again, done, undone] intact true, origins 3, notes 2");
        }
    }

    @Test
    void a_named_data_source_may_be_of_postgresql() throws Exception {
        PGSimpleDataSource database = PostgreSql.shared().newDatabase();
        Map<String, String> environment = new HashMap<>(PostgreSql.environment(database));
        environment.put("SOCKETIO_STORE_DATA_SOURCE", dataSource());
        environment.put("SOCKETIO_AUDIT_ENABLED", "false");

        try (ServerProcess server = ServerProcess.launch(WAR, environment)) {
            ask(server, "record", "undone", true);
            ask(server, "record", "done", false);
            assertThat(ask(server, "told")).isEqualTo("[done, undone] intact true, origins 2, notes 1");
        }

        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("select count(*) from portcullis_audit")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(2);
        }
    }

    /** The name that the default one has besides. */
    private static String dataSource() {
        return switch (ServerProcess.serverName()) {
            case "liberty" -> "jdbc/portcullis";
            case "wildfly" -> "java:jboss/datasources/ExampleDS";
            default -> "jdbc/__default";
        };
    }

    private static Object ask(ServerProcess server, String event, Object... arguments) throws Exception {
        URI uri = server.uri().resolve("/ledger");
        IO.Options options = IO.Options.builder().setForceNew(true).build();
        Socket socket = IO.socket(uri, options);
        CompletableFuture<Object> answer = new CompletableFuture<>();
        socket.emit(event, arguments, answers -> answer.complete(answers.length == 0 ? "" : answers[0]));
        socket.connect();
        try {
            return answer.get(20, TimeUnit.SECONDS);
        } finally {
            socket.disconnect();
        }
    }
}
