package io.portcullis.socketio.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is done to the rows of the audit log, a verification names the first one that is not right. */
@ParameterizedClass
@MethodSource("io.portcullis.socketio.store.TestDatabase#all")
class TamperingTest {

    private static final byte[] KEY = "a secret of 32 bytes, or of more".getBytes(StandardCharsets.US_ASCII);
    private static final List<String> TEXTS = List.of(
            "node",
            "type",
            "endpoint",
            "address",
            "issuer",
            "subject",
            "socket_id",
            "namespace",
            "target",
            "code",
            "detail");

    @Parameter
    TestDatabase kind;

    private DataSource dataSource;
    private Database database;
    private AuditLog log;
    private Random random;
    private int size;

    @BeforeEach
    void write() {
        long seed = System.nanoTime();
        random = new Random(seed);
        dataSource = kind.create();
        database = TestDatabase.open(dataSource);
        log = new AuditLog(database);
        if (random.nextBoolean()) {
            log.authenticateWith(KEY);
        }
        size = 5 + random.nextInt(30);
        List<SecurityEvent> events = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            events.add(new SecurityEvent(
                    0,
                    Instant.ofEpochMilli(random.nextInt()),
                    "n" + random.nextInt(3),
                    "t" + i,
                    text(),
                    text(),
                    text(),
                    text(),
                    text(),
                    text(),
                    text(),
                    text(),
                    text(),
                    1 + random.nextInt(5)));
        }
        log.append(events);
        assertThat(log.verify()).as("seed " + seed).isEqualTo(new Verification(true, size, null, null));
    }

    private @Nullable String text() {
        return random.nextInt(3) == 0 ? null : "x".repeat(random.nextInt(4));
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    private int change(String sql) {
        return TestDatabase.change(dataSource, sql);
    }

    private void assertFirstBad(long number) {
        Verification verification = log.verify();
        assertThat(verification.intact()).isFalse();
        assertThat(verification.firstBad()).isEqualTo(number);
        assertThat(verification.entries()).isEqualTo(number - 1);
    }

    @RepeatedTest(8)
    void G03_a_change_of_any_column_is_found_at_its_row() {
        int row = 1 + random.nextInt(size);
        List<String> changes = new ArrayList<>(List.of(
                "occurred_at = occurred_at + 1", "occurrences = occurrences + 1", "digest = '" + "0".repeat(64) + "'"));
        TEXTS.forEach(column -> changes.add(column + " = concat(" + column + ", 'y')"));
        String change = changes.get(random.nextInt(changes.size()));

        change("update portcullis_audit set " + change + " where entry_number = " + row);

        assertFirstBad(row);
    }

    @Test
    void nothing_and_an_empty_text_are_different_and_so_is_where_a_text_ends() {
        log.append(List.of(
                new SecurityEvent(0, Instant.EPOCH, "n", "t", "ab", "c", null, "", null, null, null, null, null, 1)));
        long row = size + 1;

        change("update portcullis_audit set endpoint = 'a', address = 'bc' where entry_number = " + row);
        assertFirstBad(row);
        change("update portcullis_audit set endpoint = 'ab', address = 'c' where entry_number = " + row);
        assertThat(log.verify().intact()).isTrue();
        change("update portcullis_audit set issuer = '', subject = null where entry_number = " + row);
        assertFirstBad(row);
    }

    @RepeatedTest(2)
    void G03_a_deleted_row_is_found_at_its_place() {
        int row = 1 + random.nextInt(size);

        change("delete from portcullis_audit where entry_number = " + row);

        assertFirstBad(row);
    }

    @RepeatedTest(2)
    void G03_deleted_last_rows_are_found() {
        int row = 1 + random.nextInt(size);

        change("delete from portcullis_audit where entry_number >= " + row);

        assertFirstBad(row);
    }

    @Test
    void G03_a_truncated_table_is_found() {
        change("truncate table portcullis_audit");

        assertFirstBad(1);
    }

    @RepeatedTest(2)
    void G03_two_rows_that_change_places_are_found_at_the_first() {
        int first = 1 + random.nextInt(size - 1);
        int second = first + 1 + random.nextInt(size - first);

        change("update portcullis_audit set entry_number = -1 where entry_number = " + first);
        change("update portcullis_audit set entry_number = " + first + " where entry_number = " + second);
        change("update portcullis_audit set entry_number = " + second + " where entry_number = -1");

        assertFirstBad(first);
    }

    @RepeatedTest(2)
    void G03_a_row_that_is_put_between_others_is_found() {
        int row = 1 + random.nextInt(size);
        change("update portcullis_audit set entry_number = -entry_number where entry_number >= " + row);
        change("update portcullis_audit set entry_number = 1 - entry_number where entry_number < 0");

        insert(row);

        assertFirstBad(row);
    }

    @Test
    void G03_a_row_after_the_last_or_before_the_first_is_found() {
        insert(size + 1);
        assertFirstBad(size + 1);

        change("delete from portcullis_audit where entry_number > " + size);
        insert(0);
        assertThat(log.verify().firstBad()).isZero();
    }

    private void insert(long number) {
        change("insert into portcullis_audit (entry_number, occurred_at, node, type, occurrences, digest) select "
                + number
                + ", occurred_at, node, type, occurrences, digest from portcullis_audit where entry_number = 1");
    }

    @Test
    void G03_a_changed_head_is_found_and_no_further_entry_covers_it_up() {
        change("delete from portcullis_audit where entry_number = " + size);
        change("update portcullis_audit_chain set last_number = last_number - 1, last_digest ="
                + " (select digest from portcullis_audit where entry_number = " + (size - 1) + ")");

        log.append(List.of(SecurityEvent.of(Instant.EPOCH, "node", "type")));
        log.expire(Instant.EPOCH);

        Verification verification = log.verify();
        assertThat(verification.intact()).isFalse();
        assertThat(verification.firstBad()).isNull();
        assertThat(verification.reason()).startsWith("The head of the chain was changed");
        assertThat(log.find(null, null, null, 1).get(0).type()).isEqualTo("type");
    }

    @Test
    void G03_a_chain_that_was_written_anew_without_the_key_is_found() {
        log.expire(Instant.now().plusSeconds(4_000_000));
        log.authenticateWith(KEY);
        AuditLog forger = new AuditLog(database);
        change("delete from portcullis_audit");
        change("update portcullis_audit_chain set first_number = 1, last_number = 0, before_digest = '',"
                + " last_digest = '', seal = ''");

        forger.append(List.of(SecurityEvent.of(Instant.EPOCH, "node", "harmless")));

        assertThat(forger.verify().intact()).isTrue();
        assertThat(log.verify().intact()).isFalse();
    }

    @Test
    void G03_a_chain_that_was_set_back_to_its_beginning_is_found_while_the_server_runs() {
        change("delete from portcullis_audit");
        change("update portcullis_audit_chain set first_number = 1, last_number = 0, before_digest = '',"
                + " last_digest = '', seal = ''");
        assertFirstBad(1);

        for (int i = 0; i <= size; i++) {
            log.append(List.of(SecurityEvent.of(Instant.EPOCH, "node", "type")));
        }

        assertThat(log.verify().intact()).isFalse();
        assertThat(new AuditLog(database).verify().intact())
                .as("a restart does not help")
                .isFalse();
    }

    @Test
    void G03_a_changed_head_does_not_hide_which_entry_was_changed() {
        int row = 1 + random.nextInt(size);
        change("update portcullis_audit set occurrences = occurrences + 1 where entry_number = " + row);
        change("update portcullis_audit_chain set seal = 'x'");

        assertFirstBad(row);
        assertThat(log.verify().reason()).startsWith("The head of the chain was changed");
    }

    @Test
    void after_expiry_a_deleted_first_row_is_found() {
        log.append(List.of(
                SecurityEvent.of(Instant.parse("2100-01-01T00:00:00Z"), "node", "type"),
                SecurityEvent.of(Instant.parse("2100-01-01T00:00:00Z"), "node", "type")));
        log.expire(Instant.parse("2099-01-01T00:00:00Z"));
        assertThat(log.verify()).isEqualTo(new Verification(true, 2, null, null));

        change("delete from portcullis_audit where entry_number = " + (size + 1));

        assertThat(log.verify().firstBad()).isEqualTo(size + 1);
    }
}
