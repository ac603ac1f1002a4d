package io.portcullis.socketio.adapter;

import static io.portcullis.socketio.adapter.FakeNode.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.adapter.Adapter.RecoverableState;
import io.portcullis.socketio.adapter.FakeNode.FakeMember;
import io.portcullis.socketio.protocol.JsonArguments;
import io.portcullis.socketio.protocol.Packet;
import io.portcullis.socketio.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryLogTest {

    private static final Duration KEPT = Duration.ofMinutes(2);

    private final ManualClock clock = new ManualClock();
    private final RecoveryLog log = log(5, 10_000, 3);

    private RecoveryLog log(int packets, long bytes, int states) {
        return new RecoveryLog(new RecoveryLog.Limits(KEPT.toNanos(), packets, bytes, states), clock, "prefix");
    }

    private static RecoverableState state(String secret) {
        return new RecoverableState("id of " + secret, secret, Set.of("r"), Map.of());
    }

    private static List<String> names(List<RecoveryLog.Entry> entries) {
        return entries.stream().map(entry -> entry.event().data().string(0)).toList();
    }

    private void append(String... names) {
        for (String name : names) {
            log.append(event(name), Selection.ALL, entry -> () -> {});
        }
    }

    @Test
    void the_offset_is_the_last_argument() {
        RecoveryLog.Entry first = log.append(event("e"), Selection.ALL, entry -> () -> {});
        RecoveryLog.Entry second = log.append(event("f"), Selection.ALL, entry -> () -> {});

        assertThat(first.event().data().text()).isEqualTo("[\"e\",\"prefix.1\"]");
        assertThat(second.event().data().text()).isEqualTo("[\"f\",\"prefix.2\"]");
        assertThat(second.sequence()).isEqualTo(2);
    }

    @Test
    void an_event_that_cannot_be_encoded_leaves_no_trace() {
        log.append(event("a"), Selection.ALL, entry -> () -> {});

        assertThatThrownBy(() -> log.append(event("b"), Selection.ALL, entry -> {
                    throw new IllegalArgumentException("too deep");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        log.append(event("c"), Selection.ALL, entry -> () -> {});

        assertThat(log.missed(Set.of(), "prefix.1"))
                .singleElement()
                .extracting(entry -> entry.event().data().text())
                .isEqualTo("[\"c\",\"prefix.2\"]");
    }

    @Test
    void lists_what_was_missed_in_order() {
        append("a", "b", "c");

        assertThat(names(log.missed(Set.of(), "prefix.1"))).containsExactly("b", "c");
        assertThat(log.missed(Set.of(), "prefix.3")).isEmpty();
    }

    @Test
    void respects_rooms_and_except() {
        log.append(event("to r"), Selection.of("r"), entry -> () -> {});
        log.append(event("to s"), Selection.of("s"), entry -> () -> {});
        log.append(event("to r or s"), new Selection(Set.of("r", "s"), Set.of()), entry -> () -> {});
        log.append(event("not to r"), new Selection(Set.of(), Set.of("r")), entry -> () -> {});
        log.append(event("to s, not to r"), new Selection(Set.of("s"), Set.of("r")), entry -> () -> {});

        assertThat(names(log.missed(Set.of("id", "r"), "prefix.0"))).containsExactly("to r", "to r or s");
        assertThat(names(log.missed(Set.of("r", "s"), "prefix.0"))).containsExactly("to r", "to s", "to r or s");
        assertThat(names(log.missed(Set.of("id"), "prefix.0"))).containsExactly("not to r");
    }

    @Test
    void a_state_can_be_taken_once() {
        append("a");
        RecoverableState kept = state("secret");
        log.keep(kept);

        assertThat(log.take("secret", "prefix.1")).isSameAs(kept);
        assertThat(log.take("secret", "prefix.1")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "prefix",
                "prefix.",
                ".1",
                "prefix.0",
                "prefix.-1",
                "prefix.2",
                "prefix.x",
                "prefix.1.0",
                "prefix. 1",
                "prefix.1 ",
                "prefix.99999999999999999999",
                "Prefix.1",
                "other.1",
                "prefix1"
            })
    void an_offset_that_is_unknown_or_foreign_recovers_nothing(String offset) {
        append("a");
        log.keep(state("secret"));

        assertThat(log.take("secret", offset)).isNull();
    }

    @Test
    void an_unknown_secret_recovers_nothing() {
        append("a");
        log.keep(state("secret"));

        assertThat(log.take("Secret", "prefix.1")).isNull();
        assertThat(log.take("", "prefix.1")).isNull();
        assertThat(log.take("id of secret", "prefix.1")).isNull();
        assertThat(log.take("secret", "prefix.1")).isNotNull();
    }

    @Test
    void keeps_a_bounded_number_of_events() {
        append("a", "b", "c", "d", "e", "f");
        log.keep(state("late"));
        log.keep(state("in time"));

        assertThat(log.take("late", "prefix.1")).isNull();
        assertThat(log.take("in time", "prefix.2")).isNotNull();
        assertThat(names(log.missed(Set.of(), "prefix.2"))).containsExactly("c", "d", "e", "f");
    }

    @Test
    void keeps_a_bounded_number_of_bytes_of_text_and_attachments() {
        RecoveryLog small = log(1_000, 1_000, 3);
        small.append(event("x".repeat(600)), Selection.ALL, entry -> () -> {});
        small.append(event("y".repeat(300)), Selection.ALL, entry -> () -> {});
        assertThat(small.missed(Set.of(), "prefix.0")).hasSize(2);
        JsonArguments binary =
                JsonArguments.builder().addString("z").addBinary(new byte[600]).build();

        small.append(new Packet.Event("/", Packet.NO_ID, binary), Selection.ALL, entry -> () -> {});

        assertThat(small.missed(Set.of(), "prefix.0")).hasSize(2);
        small.append(event("x".repeat(2_000)), Selection.ALL, entry -> () -> {});
        assertThat(small.missed(Set.of(), "prefix.0")).isEmpty();
        small.append(event("small"), Selection.ALL, entry -> () -> {});
        assertThat(names(small.missed(Set.of(), "prefix.0"))).containsExactly("small");
    }

    @Test
    void keeps_a_bounded_number_of_states() {
        append("a");
        for (int i = 0; i < 5; i++) {
            log.keep(state("s" + i));
        }

        assertThat(log.take("s0", "prefix.1")).isNull();
        assertThat(log.take("s1", "prefix.1")).isNull();
        assertThat(log.take("s2", "prefix.1")).isNotNull();
        assertThat(log.take("s4", "prefix.1")).isNotNull();
    }

    @Test
    void keeping_a_state_again_makes_it_the_youngest() {
        append("a");
        for (String secret : List.of("s0", "s1", "s2", "s0", "s3")) {
            log.keep(state(secret));
        }

        assertThat(log.take("s1", "prefix.1")).isNull();
        assertThat(log.take("s0", "prefix.1")).isNotNull();
    }

    @Test
    void forgets_states_that_are_too_old() {
        log.keep(state("old"));
        log.keep(state("kept again"));
        clock.drift(KEPT);
        append("a");
        log.keep(state("kept again"));
        clock.drift(Duration.ofNanos(1));

        assertThat(log.take("old", "prefix.1")).isNull();
        assertThat(log.take("kept again", "prefix.1")).isNotNull();
    }

    @Test
    void forgets_events_that_are_too_old() {
        append("a");
        clock.drift(KEPT);
        append("b");
        log.keep(state("stale"));
        log.keep(state("fresh"));
        clock.drift(Duration.ofNanos(1));
        log.cleanUp();

        assertThat(log.take("stale", "prefix.1")).isNull();
        assertThat(log.take("fresh", "prefix.2")).isNotNull();
        clock.drift(KEPT);
        log.cleanUp();
        assertThat(log.missed(Set.of(), "prefix.0")).isEmpty();
    }

    @Test
    void what_two_send_at_the_same_time_is_queued_in_the_order_of_the_offsets() throws InterruptedException {
        FakeNode node = new FakeNode();
        LocalAdapter adapter = new LocalAdapter(node, new RecoveryLog.Limits(KEPT.toNanos(), 5, 1_000, 5), clock, "p");
        adapter.add(new FakeMember("m"), List.of());
        Thread other = new Thread(() -> adapter.broadcast(event("second"), Selection.ALL, Flags.NONE));
        node.encoder = () -> {
            node.encoder = () -> {};
            other.start();
            await().until(() ->
                    other.getState() == Thread.State.TERMINATED || other.getState() == Thread.State.BLOCKED);
        };

        adapter.broadcast(event("first"), Selection.ALL, Flags.NONE);
        other.join();

        assertThat(node.delivered.stream().filter(text -> !text.startsWith("flush")))
                .containsExactly("m[\"first\",\"p.1\"]#1", "m[\"second\",\"p.2\"]#2");
    }

    @Test
    void an_offset_is_used_once_even_if_the_event_cannot_be_queued() {
        assertThatThrownBy(() -> log.append(event("a"), Selection.ALL, entry -> () -> {
                    throw new IllegalStateException("half-way");
                }))
                .isInstanceOf(IllegalStateException.class);

        append("b");

        assertThat(log.missed(Set.of(), "prefix.0"))
                .extracting(entry -> entry.event().data().text())
                .containsExactly("[\"a\",\"prefix.1\"]", "[\"b\",\"prefix.2\"]");
    }

    @Test
    void a_receiver_that_fails_is_cut_off_and_does_not_stop_the_others() {
        FakeNode node = new FakeNode();
        LocalAdapter adapter = new LocalAdapter(node, new RecoveryLog.Limits(KEPT.toNanos(), 5, 1_000, 5), clock, "p");
        List.of("a", "b", "c").forEach(id -> adapter.add(new FakeMember(id), List.of()));
        node.broken.add("b");

        adapter.broadcast(event("e"), Selection.ALL, Flags.NONE);
        adapter.broadcast(event("f"), Selection.of("a"), Flags.NONE);

        assertThat(node.delivered)
                .containsExactlyInAnyOrder(
                        "a[\"e\",\"p.1\"]#1",
                        "c[\"e\",\"p.1\"]#1",
                        "flush a",
                        "flush c",
                        "a[\"f\",\"p.2\"]#2",
                        "flush a");
        assertThat(node.disconnected).containsExactly("b is cut off");
        assertThat(names(adapter.missed(Set.of("b"), "p.0"))).containsExactly("e");
    }

    @Test
    void what_is_volatile_or_wants_an_answer_has_no_offset() {
        FakeNode node = new FakeNode();
        LocalAdapter adapter = new LocalAdapter(node, new RecoveryLog.Limits(KEPT.toNanos(), 5, 1_000, 5), clock, "p");
        adapter.add(new FakeMember("m"), List.of());

        adapter.broadcast(event("volatile"), Selection.ALL, Flags.NONE.asVolatile());
        adapter.broadcast(new Packet.Event("/", 7, event("asks").data()), Selection.ALL, Flags.NONE);
        adapter.broadcast(event("plain"), Selection.of("m"), Flags.NONE);
        adapter.broadcast(event("to nobody"), Selection.of("gone"), Flags.NONE);
        adapter.keep(state("secret"));

        assertThat(node.delivered)
                .containsExactly("m[\"volatile\"]", "m[\"asks\"]", "m[\"plain\",\"p.1\"]#1", "flush m");
        assertThat(adapter.take("secret", "p.1")).isNotNull();
        assertThat(names(adapter.missed(Set.of("gone"), "p.1"))).containsExactly("to nobody");
    }
}
