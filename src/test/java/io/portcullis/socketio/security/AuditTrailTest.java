package io.portcullis.socketio.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The audit trail never waits, never grows without bound, and loses nothing that it has room for. */
class AuditTrailTest {

    private static final int CAPACITY = 3_000;

    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<List<AuditTrail.Entry>> written = new ArrayList<>();
    private boolean away;

    private final AuditTrail trail = new AuditTrail(
            batch -> {
                if (away) {
                    throw new IllegalStateException("The database is away.");
                }
                written.add(List.copyOf(batch));
            },
            scheduler,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            CAPACITY);

    private static AuditEvent event(int number) {
        return AuditEvent.of(AuditType.ORIGIN_REFUSED).withTarget("https://" + number + ".example");
    }

    private void record(int from, int to) {
        for (int i = from; i < to; i++) {
            trail.record(event(i));
        }
    }

    private List<String> targets() {
        return written.stream()
                .flatMap(List::stream)
                .map(entry -> entry.event().target())
                .toList();
    }

    private static List<String> targets(int from, int to) {
        List<String> targets = new ArrayList<>();
        for (int i = from; i < to; i++) {
            targets.add(event(i).target());
        }
        return targets;
    }

    @Test
    void writes_in_order_and_not_on_the_callers_thread() {
        record(0, 3);

        assertThat(written).isEmpty();
        scheduler.runNext();
        assertThat(targets()).isEqualTo(targets(0, 3));
        assertThat(scheduler.isIdle()).isTrue();
    }

    @Test
    void the_same_event_within_a_second_is_one_entry_with_a_count() {
        for (int i = 0; i < 100_000; i++) {
            trail.record(event(i % 2));
        }

        scheduler.runNext();

        assertThat(written).hasSize(1);
        assertThat(written.get(0)).extracting(AuditTrail.Entry::occurrences).containsExactly(50_000, 50_000);
    }

    @Test
    void writes_at_most_a_thousand_entries_a_second() {
        record(0, 2_500);

        scheduler.runNext();
        assertThat(written.get(0)).hasSize(1_000);
        assertThat(scheduler.nextDelay()).isEqualTo(Duration.ofSeconds(1));
        scheduler.runNext();
        scheduler.runNext();
        assertThat(targets()).isEqualTo(targets(0, 2_500));
    }

    @Test
    void G04_what_cannot_be_written_waits_and_nothing_is_lost_that_fits() {
        away = true;
        record(0, CAPACITY);
        for (int i = 0; i < 10; i++) {
            scheduler.runNext();
        }
        assertThat(trail.isWritten()).isFalse();
        assertThat(scheduler.nextDelay()).as("it does not hammer").isEqualTo(Duration.ofSeconds(30));

        away = false;
        while (!scheduler.isIdle()) {
            scheduler.runNext();
        }

        assertThat(targets()).isEqualTo(targets(0, CAPACITY));
        assertThat(trail.isWritten()).isTrue();
    }

    @Test
    void G04_what_does_not_fit_is_dropped_and_that_is_told() {
        record(0, CAPACITY + 500);

        assertThat(trail.isWritten()).isFalse();
        while (!scheduler.isIdle()) {
            scheduler.runNext();
        }
        assertThat(targets()).isEqualTo(targets(0, CAPACITY));
        assertThat(trail.isWritten()).isTrue();
    }

    @Test
    void the_end_of_the_application_writes_what_waits() {
        record(0, 2_500);

        trail.close();

        assertThat(targets()).isEqualTo(targets(0, 2_500));
    }

    @Test
    void the_end_of_the_application_does_not_wait_for_a_store_that_is_away() {
        away = true;
        record(0, 10);

        trail.close();

        assertThat(written).isEmpty();
    }

    @Test
    void an_executor_that_takes_nothing_more_loses_nothing() {
        scheduler.refuse();
        record(0, 5);

        trail.close();

        assertThat(targets()).isEqualTo(targets(0, 5));
    }
}
