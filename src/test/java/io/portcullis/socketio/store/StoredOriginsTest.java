package io.portcullis.socketio.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.socketio.testing.Race;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.portcullis.socketio.store.TestDatabase#all")
class StoredOriginsTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123Z");

    @Parameter
    TestDatabase kind;

    private DataSource dataSource;
    private Database database;
    private StoredOrigins origins;

    @BeforeEach
    void open() {
        dataSource = kind.create();
        database = TestDatabase.open(dataSource);
        origins = new StoredOrigins(database);
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void keeps_what_is_added_until_it_is_removed() {
        StoredOrigin b = origins.add(StoredOrigin.create("secure", "https://b.example", "ann", NOON));
        StoredOrigin a = origins.add(StoredOrigin.create("secure", "https://a.example", "ann", NOON));

        assertThat(origins.list()).containsExactly(a, b);
        assertThat(origins.remove(b.id())).contains(b);
        assertThat(origins.remove(b.id())).isEqualTo(Optional.empty());
        assertThat(origins.list()).containsExactly(a);
    }

    @Test
    void adding_twice_returns_the_first_one() {
        StoredOrigin first = origins.add(StoredOrigin.create("secure", "https://a.example", "ann", NOON));

        assertThat(origins.add(StoredOrigin.create("secure", "https://a.example", "bob", NOON.plusSeconds(1))))
                .isEqualTo(first);
        assertThat(origins.add(StoredOrigin.create("other", "https://a.example", "bob", NOON))
                        .id())
                .isNotEqualTo(first.id());
    }

    @Test
    void two_nodes_that_add_the_same_at_the_same_time_get_the_same() throws Exception {
        Database other = TestDatabase.open(dataSource);
        StoredOrigins others = new StoredOrigins(other);

        for (int i = 0; i < 20; i++) {
            String origin = "https://" + i + ".example";
            Race.run(
                    () -> origins.add(StoredOrigin.create("e", origin, "ann", NOON)),
                    () -> others.add(StoredOrigin.create("e", origin, "bob", NOON)));
        }

        other.close();
        assertThat(origins.list()).hasSize(20);
    }

    @Test
    void an_origin_is_refused_and_not_cut() {
        assertThatThrownBy(() -> origins.add(StoredOrigin.create("e", "https://" + "a".repeat(300), "ann", NOON)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 300 characters");
        assertThat(origins.list()).isEmpty();
    }
}
