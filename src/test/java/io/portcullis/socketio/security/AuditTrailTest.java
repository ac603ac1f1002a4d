package io.portcullis.socketio.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The audit trail never waits, never grows without bound, and loses nothing that it has room for. */
class AuditTrailTest {

    private static final int CAPACITY = 3_000;

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<List<AuditTrail.Entry>> written = new ArrayList<>();
    private boolean away;
    private boolean stopped;
    private int attempts;
    private Runnable whileWriting = () -> {};

    private final AuditTrail trail = new AuditTrail(
            batch -> {
                attempts++;
                if (away) {
                    throw new IllegalStateException("The database is away.");
                }
                whileWriting.run();
                written.add(List.copyOf(batch));
            },
            this::execute,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            CAPACITY);

    private void execute(Runnable task) {
        if (stopped) {
            throw new RejectedExecutionException("The server stops.");
        }
        tasks.add(task);
    }

    /** Lets seconds pass; what is handed to the executor runs at once. */
    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            trail.turn();
            runTasks();
        }
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private static AuditEvent event(int number) {
        return AuditEvent.of(AuditType.EVICTED).of("socket " + number, "/");
    }

    private void record(int from, int to) {
        for (int i = from; i < to; i++) {
            trail.record(event(i));
        }
    }

    private List<String> sockets() {
        return written.stream()
                .flatMap(List::stream)
                .map(entry -> socketOf(entry.event()))
                .toList();
    }

    private static @Nullable String socketOf(AuditEvent event) {
        AuditEvent.SocketName socket = event.socket();
        return socket == null ? null : socket.id();
    }

    private static List<String> sockets(int from, int to) {
        List<String> sockets = new ArrayList<>();
        for (int i = from; i < to; i++) {
            sockets.add(socketOf(event(i)));
        }
        return sockets;
    }

    @Test
    void writes_in_order_and_on_the_executor_alone() {
        record(0, 3);
        trail.turn();

        assertThat(written).isEmpty();
        runTasks();
        assertThat(sockets()).isEqualTo(sockets(0, 3));
        trail.turn();
        assertThat(tasks).as("nothing waits").isEmpty();
    }

    @Test
    void a_task_that_the_executor_has_lost_is_handed_to_it_again() {
        record(0, 3);
        trail.turn();
        tasks.clear(); // as WildFly does while it is suspended

        pass(29);
        assertThat(tasks).as("one at a time").isEmpty();
        assertThat(written).isEmpty();
        pass(1);

        assertThat(sockets()).isEqualTo(sockets(0, 3));
    }

    @Test
    void an_executor_that_is_busy_is_asked_again() {
        stopped = true;
        record(0, 3);
        pass(1);
        stopped = false;

        pass(1);

        assertThat(sockets()).isEqualTo(sockets(0, 3));
    }

    @Test
    void the_same_event_within_a_second_is_one_entry_with_a_count() {
        for (int i = 0; i < 100_000; i++) {
            trail.record(event(i % 2));
        }

        pass(1);

        assertThat(written).hasSize(1);
        assertThat(written.get(0)).extracting(AuditTrail.Entry::occurrences).containsExactly(50_000, 50_000);
    }

    @Test
    void writes_at_most_a_thousand_entries_a_second() {
        record(0, 2_500);

        pass(1);
        assertThat(written)
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1_000);
        pass(2);
        assertThat(sockets()).isEqualTo(sockets(0, 2_500));
    }

    @Test
    void G04_what_cannot_be_written_waits_and_nothing_is_lost_that_fits() {
        away = true;
        record(0, CAPACITY);
        pass(100);
        assertThat(trail.isWritten()).isFalse();
        int before = attempts;
        pass(60);
        assertThat(attempts - before).as("it does not hammer").isEqualTo(2);

        away = false;
        pass(40);

        assertThat(sockets()).isEqualTo(sockets(0, CAPACITY));
        assertThat(trail.isWritten()).isTrue();
        assertThat(trail.lost()).isZero();
    }

    @Test
    void G04_what_clients_do_while_the_store_is_away_is_not_merged_if_there_is_room() {
        away = true;
        for (int second = 0; second < 20; second++) {
            for (int i = 0; i < 50; i++) {
                trail.record(AuditEvent.of(AuditType.ORIGIN_REFUSED)
                        .at("default", "203.0.113.9")
                        .withTarget("https://" + second + "-" + i + ".example"));
            }
            pass(1);
        }
        away = false;

        pass(40);

        assertThat(written.stream()
                        .flatMap(List::stream)
                        .map(entry -> entry.event().matter().target()))
                .hasSize(1_000)
                .doesNotHaveDuplicates()
                .doesNotContain("(others)");
    }

    @Test
    void G04_while_the_store_is_away_one_client_does_not_take_the_places_of_all() {
        away = true;
        for (int second = 0; second < 200; second++) {
            for (int i = 0; i < 100; i++) {
                trail.record(AuditEvent.of(AuditType.ORIGIN_REFUSED)
                        .at("default", "203.0.113.9")
                        .withTarget("https://" + second + "-" + i + ".example"));
            }
            pass(1);
        }
        trail.record(AuditEvent.of(AuditType.ORIGIN_REFUSED)
                .at("default", "203.0.113.10")
                .withTarget("https://other.example"));
        away = false;

        pass(40);

        assertThat(written.stream()
                        .flatMap(List::stream)
                        .map(entry -> entry.event().matter().target()))
                .hasSizeBetween(CAPACITY / 2, CAPACITY / 2 + 200)
                .contains("https://other.example", "(others)");
        assertThat(trail.lost()).isZero();
    }

    @Test
    void a_writer_that_is_busy_is_not_disturbed_and_not_forgotten() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        whileWriting = () -> {
            begun.countDown();
            awaitQuietly(release);
        };
        record(0, 3);
        Thread writer = new Thread(() -> pass(1));
        writer.start();
        begun.await();
        record(3, 6);

        pass(40); // the task that is handed over again finds it busy
        release.countDown();
        writer.join();
        pass(40);

        assertThat(sockets()).isEqualTo(sockets(0, 6));
    }

    @Test
    void an_error_of_the_store_does_not_end_the_trail() {
        Error error = new Error("on purpose");
        whileWriting = () -> {
            whileWriting = () -> {};
            throw error;
        };
        record(0, 3);
        assertThatThrownBy(() -> pass(1)).isSameAs(error);
        assertThat(trail.isWritten()).isFalse();

        pass(40);

        assertThat(sockets()).isEqualTo(sockets(0, 3));
    }

    @Test
    void G04_what_does_not_fit_is_dropped_and_counted() {
        record(0, CAPACITY + 500);

        pass(10);

        assertThat(sockets()).isEqualTo(sockets(0, CAPACITY));
        assertThat(trail.lost()).isEqualTo(500);
    }

    @Test
    void what_an_attacker_chooses_makes_few_entries_and_leaves_room_for_others() {
        for (int i = 0; i < 100_000; i++) {
            trail.record(AuditEvent.of(AuditType.ORIGIN_REFUSED)
                    .at("default", "203.0.113.9")
                    .withTarget("https://" + i + ".evil.example"));
        }
        trail.record(AuditEvent.of(AuditType.ORIGIN_REFUSED)
                .at("default", "203.0.113.10")
                .withTarget("https://a.example"));
        record(0, 10);

        pass(1);

        assertThat(written.get(0)).hasSize(100 + 1 + 1 + 10);
        assertThat(written.get(0).get(100).event().matter().target()).isEqualTo("(others)");
        assertThat(written.get(0).get(100).occurrences()).isEqualTo(100_000 - 100);
    }

    @Test
    void
            a_client_that_connects_and_disconnects_all_the_time_makes_few_entries_whatever_address_of_its_network_it_has() {
        for (int i = 0; i < 100_000; i++) {
            for (AuditType type : List.of(AuditType.CONNECTED, AuditType.DISCONNECTED)) {
                trail.record(AuditEvent.of(type)
                        .at("default", "2001:db8::" + Integer.toHexString(i / 10 + 1))
                        .of("socket " + i, "/"));
            }
        }
        trail.record(AuditEvent.of(AuditType.CONNECTED)
                .at("default", "2001:db8::1")
                .by(new Identity(null, "alice"))
                .of("of alice", "/"));

        pass(1);

        assertThat(written.get(0)).hasSize(2 * (100 + 1) + 1);
        assertThat(sockets()).contains("socket 99", "of alice").doesNotContain("socket 100");
        assertThat(written.get(0))
                .filteredOn(entry -> "(others)".equals(entry.event().matter().target()))
                .extracting(AuditTrail.Entry::occurrences)
                .containsExactly(100_000 - 100, 100_000 - 100);
    }

    @Test
    void G04_however_many_addresses_clients_have_there_is_room_for_what_administrators_do() {
        away = true;
        for (int i = 0; i < 100_000; i++) {
            trail.record(AuditEvent.of(AuditType.ORIGIN_REFUSED)
                    .at("default", "10." + i / 65536 + "." + i / 256 % 256 + "." + i % 256));
        }
        record(0, 100);
        away = false;

        pass(10);

        assertThat(written.stream().mapToInt(List::size).sum()).isEqualTo(CAPACITY - CAPACITY / 10 + 100);
        assertThat(sockets()).containsAll(sockets(0, 100));
    }

    @Test
    void the_end_of_the_application_waits_for_what_is_being_written() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        whileWriting = () -> {
            begun.countDown();
            awaitQuietly(release);
        };
        record(0, 5);
        Thread writer = new Thread(() -> pass(1));
        writer.start();
        begun.await();
        record(5, 10);

        Thread closer = new Thread(trail::close);
        closer.start();
        release.countDown();
        closer.join();
        writer.join();

        assertThat(sockets()).isEqualTo(sockets(0, 10));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void the_end_of_the_application_writes_what_waits() {
        record(0, 2_500);

        trail.close();

        assertThat(sockets()).isEqualTo(sockets(0, 2_500));
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
        stopped = true;
        record(0, 5);
        pass(1);

        trail.close();

        assertThat(sockets()).isEqualTo(sockets(0, 5));
    }
}
