package io.portcullis.socketio.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.socketio.testing.PostgreSql;
import io.portcullis.socketio.testing.Race;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseTest {

    @ParameterizedTest
    @MethodSource("io.portcullis.socketio.store.TestDatabase#all")
    void two_nodes_that_start_at_the_same_time_make_one_schema(TestDatabase kind) throws Exception {
        for (int i = 0; i < 20; i++) {
            DataSource dataSource = kind.create();
            Database one = new Database();
            Database other = new Database();

            Race.run(() -> one.open(dataSource), () -> other.open(dataSource));

            new AuditLog(one).append(List.of(SecurityEvent.of(Instant.EPOCH, "one", "type")));
            new AuditLog(other).append(List.of(SecurityEvent.of(Instant.EPOCH, "other", "type")));
            assertThat(new AuditLog(one).verify().entries()).isEqualTo(2);
            one.close();
            other.close();
        }
    }

    @ParameterizedTest
    @MethodSource("io.portcullis.socketio.store.TestDatabase#all")
    void tables_of_an_application_and_its_own_flyway_stay_as_they_are(TestDatabase kind) {
        DataSource dataSource = kind.create();
        TestDatabase.change(dataSource, "create table flyway_schema_history (mine integer)");
        TestDatabase.change(dataSource, "insert into flyway_schema_history values (1)");

        TestDatabase.open(dataSource).close();
        TestDatabase.open(dataSource).close();

        assertThat(TestDatabase.change(dataSource, "update flyway_schema_history set mine = 2"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("io.portcullis.socketio.store.TestDatabase#all")
    void what_was_written_is_there_after_a_restart(TestDatabase kind) {
        DataSource dataSource = kind.create();
        Database before = TestDatabase.open(dataSource);
        new AuditLog(before).append(List.of(SecurityEvent.of(Instant.EPOCH, "node", "type")));
        before.close();

        Database after = TestDatabase.open(dataSource);

        assertThat(new AuditLog(after).verify()).isEqualTo(new Verification(true, 1, null, null));
        after.close();
    }

    @Test
    void every_script_is_listed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources", Migrations.FOLDER))) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .containsExactlyElementsOf(Migrations.SCRIPTS);
        }
    }

    @Test
    void a_data_source_that_does_not_exist_is_told_in_a_sentence() {
        assertThatThrownBy(() -> new Database().open("jdbc/missing"))
                .isInstanceOf(StoreException.class)
                .hasMessage("there is no data source of that name; define it in the server's configuration, or name"
                        + " another one");
    }

    @Test
    void a_database_that_is_away_at_the_start_is_told_in_a_sentence() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:none;IFEXISTS=TRUE");

        assertThatThrownBy(() -> new Database().open(dataSource))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("its database cannot be reached (")
                .hasMessageEndingWith("); start it, or name another data source");
    }

    @Test
    void before_it_is_opened_and_after_it_is_closed_it_says_so() {
        Database database = TestDatabase.open(TestDatabase.H2.create());
        database.close();

        assertThatThrownBy(() -> new StoredOrigins(database).list())
                .isInstanceOf(StoreException.class)
                .hasMessage("The store is not open.");
    }

    @Test
    @Timeout(60)
    void a_database_that_goes_away_fails_each_call_quickly_and_may_come_back() {
        try (PostgreSql server = PostgreSql.start()) {
            Database database = TestDatabase.open(server.newDatabase());
            AuditLog log = new AuditLog(database);
            StoredOrigins origins = new StoredOrigins(database);
            List<SecurityEvent> events = List.of(SecurityEvent.of(Instant.EPOCH, "node", "type"));
            log.append(events);
            server.stop();

            assertFailsQuickly(() -> log.append(events));
            assertFailsQuickly(() -> log.find(null, null, null, 1));
            assertFailsQuickly(log::verify);
            assertFailsQuickly(() -> log.expire(Instant.EPOCH));
            assertFailsQuickly(origins::list);
            assertFailsQuickly(() -> origins.add(StoredOrigin.create("e", "https://a.example", "ann", Instant.EPOCH)));
            assertFailsQuickly(() -> origins.remove("id"));

            server.restart();
            log.append(events);
            assertThat(log.verify().entries()).isEqualTo(2);
            database.close();
        }
    }

    @ParameterizedTest
    @MethodSource("io.portcullis.socketio.store.TestDatabase#all")
    @Timeout(60)
    void nobody_waits_longer_for_a_lock_than_some_seconds(TestDatabase kind) {
        Database database = TestDatabase.open(kind.create());
        Database other = database;
        AuditLog log = new AuditLog(database);
        log.append(List.of(SecurityEvent.of(Instant.EPOCH, "node", "type")));

        other.call(entities -> {
            ChainHead.lock(entities);
            assertFailsQuickly(() -> log.append(List.of(SecurityEvent.of(Instant.EPOCH, "node", "type"))));
            return true;
        });

        assertThat(log.verify().entries()).isEqualTo(1);
        database.close();
    }

    private static void assertFailsQuickly(Runnable call) {
        long started = System.nanoTime();
        assertThatThrownBy(call::run).isInstanceOf(StoreException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(8));
    }
}
