package io.portcullis.socketio.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.socketio.testing.Race;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.portcullis.socketio.store.TestDatabase#all")
class AuditLogTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123Z");

    @Parameter
    TestDatabase kind;

    private DataSource dataSource;
    private Database database;
    private AuditLog log;

    @BeforeEach
    void open() {
        dataSource = kind.create();
        database = TestDatabase.open(dataSource);
        log = new AuditLog(database);
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    private static SecurityEvent event(int second) {
        return SecurityEvent.of(NOON.plusSeconds(second), "node", second % 2 == 0 ? "even" : "odd");
    }

    private void append(int from, int to) {
        log.append(IntStream.range(from, to).mapToObj(AuditLogTest::event).toList());
    }

    private static SecurityEvent full(long number) {
        return new SecurityEvent(
                number,
                NOON,
                "n1",
                "access_denied",
                "secure",
                "::1",
                "iss",
                "sub",
                "id",
                "/chat",
                "topic:ä€😀",
                "forbidden",
                "why",
                3);
    }

    @Test
    void an_event_comes_back_as_it_was_written_with_the_next_number() {
        log.append(List.of(event(0)));
        log.append(List.of(full(0)));

        assertThat(log.find(null, null, null, 10))
                .containsExactly(
                        full(2),
                        new SecurityEvent(
                                1, NOON, "node", "even", null, null, null, null, null, null, null, null, null, 1));
    }

    @Test
    void finds_by_type_subject_and_time_the_newest_first() {
        append(0, 10);
        SecurityEvent named =
                new SecurityEvent(0, NOON, "node", "odd", null, null, null, "ann", null, null, null, null, null, 1);
        log.append(List.of(named));

        assertThat(log.find("odd", null, null, 2))
                .extracting(SecurityEvent::number)
                .containsExactly(11L, 10L);
        assertThat(log.find("odd", "ann", null, 2))
                .extracting(SecurityEvent::number)
                .containsExactly(11L);
        assertThat(log.find(null, null, NOON.plusSeconds(8), 9))
                .extracting(SecurityEvent::number)
                .containsExactly(10L, 9L);
        assertThat(log.find(null, "nobody", null, 9)).isEmpty();
        assertThatThrownBy(() -> log.find(null, null, null, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void texts_that_no_database_takes_are_cut_or_mended_and_the_chain_holds() {
        String longName = "x".repeat(98) + "😀😀";
        log.append(List.of(new SecurityEvent(
                0,
                NOON,
                longName,
                "odd",
                "nul\0",
                "half\uD83D",
                null,
                null,
                null,
                null,
                null,
                null,
                "y".repeat(100_000),
                1)));

        SecurityEvent found = log.find(null, null, null, 1).get(0);
        assertThat(found.node()).isEqualTo("x".repeat(98) + "…");
        assertThat(found.endpoint()).isEqualTo("nul\uFFFD");
        assertThat(found.address()).isEqualTo("half?");
        assertThat(found.detail()).hasSize(1000).endsWith("y…");
        assertThat(log.verify().intact()).isTrue();
    }

    @Test
    void all_events_of_a_call_are_written_or_none() {
        append(0, 2);
        TestDatabase.change(dataSource, "update portcullis_audit set entry_number = 5 where entry_number = 1");

        assertThatThrownBy(() -> append(2, 6)).isInstanceOf(StoreException.class);

        assertThat(log.find(null, null, null, 10)).hasSize(2);
    }

    @Test
    void nothing_is_intact_and_so_are_many_pages() {
        assertThat(log.verify()).isEqualTo(new Verification(true, 0, null, null));

        append(0, 1700);

        assertThat(log.verify()).isEqualTo(new Verification(true, 1700, null, null));
    }

    @Test
    void what_is_left_after_expiry_is_verified() {
        append(0, 12_000);

        assertThat(log.expire(NOON.plusSeconds(11_990))).isEqualTo(11_990);

        assertThat(log.verify()).isEqualTo(new Verification(true, 10, null, null));
        assertThat(log.expire(NOON)).isZero();
        assertThat(log.expire(NOON.plusSeconds(20_000))).isEqualTo(10);
        assertThat(log.verify()).isEqualTo(new Verification(true, 0, null, null));
        append(0, 3);
        assertThat(log.find(null, null, null, 1).get(0).number()).isEqualTo(12_003);
        assertThat(log.verify()).isEqualTo(new Verification(true, 3, null, null));
    }

    @Test
    void an_old_entry_stays_behind_one_that_is_not_old() {
        log.append(List.of(event(0), event(100), event(1)));

        assertThat(log.expire(NOON.plusSeconds(50))).isEqualTo(1);

        assertThat(log.find(null, null, null, 9)).hasSize(2);
        assertThat(log.verify().intact()).isTrue();
    }

    @Test
    void two_nodes_write_one_chain() throws Exception {
        Database other = TestDatabase.open(dataSource);
        AuditLog otherLog = new AuditLog(other);

        Race.run(
                () -> IntStream.range(0, 100).forEach(i -> log.append(List.of(event(i), event(i)))),
                () -> IntStream.range(0, 100).forEach(i -> otherLog.append(List.of(event(i)))));

        other.close();
        assertThat(log.find(null, null, null, 1000))
                .extracting(SecurityEvent::number)
                .containsExactlyElementsOf(
                        LongStream.iterate(300, i -> i > 0, i -> i - 1).boxed().toList());
        assertThat(log.verify()).isEqualTo(new Verification(true, 300, null, null));
    }

    @Test
    void a_chain_is_verified_while_it_is_written_and_expires() throws Exception {
        append(0, 5000);

        Race.run(
                () -> IntStream.range(0, 50).forEach(i -> append(5000 + i, 5001 + i)),
                () -> IntStream.range(1, 50).forEach(i -> log.expire(NOON.plusSeconds(i * 10L))),
                () -> IntStream.range(0, 3)
                        .forEach(i -> assertThat(log.verify().reason()).isNull()));

        assertThat(log.verify().intact()).isTrue();
    }
}
