package io.portcullis.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.RemoteSocket;
import io.portcullis.socketio.RoomEvent;
import io.portcullis.socketio.adapter.Adapter.RecoverableState;
import io.portcullis.socketio.adapter.LocalSockets.Member;
import io.portcullis.socketio.protocol.JsonArguments;
import io.portcullis.socketio.protocol.Packet;
import io.portcullis.socketio.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LocalAdapterTest {

    private record Fake(String id) implements Member {}

    /** A node that notes what is sent to whom, and what happens to rooms. */
    private static final class Node implements LocalSockets {
        private final Map<String, List<String>> received = new HashMap<>();
        private final List<String> rooms = new ArrayList<>();

        @Override
        public Outgoing encode(Packet.Event event, Flags flags, long sequence) {
            String text = event.data().string(0) + (sequence == 0 ? "" : "#" + sequence);
            return member -> received.computeIfAbsent(member.id(), id -> new ArrayList<>())
                    .add(text);
        }

        @Override
        public RemoteSocket describe(Member member) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void disconnect(Member member, boolean close) {
            throw new UnsupportedOperationException();
        }

        @Override
        public synchronized void roomChanged(RoomEvent.Type type, String room, @Nullable String socketId) {
            rooms.add(type + " " + room + (socketId == null ? "" : " " + socketId));
        }
    }

    private static final RecoveryLog.Limits LIMITS =
            new RecoveryLog.Limits(Duration.ofSeconds(10).toNanos(), 5, 10_000, 3);

    private final ManualClock clock = new ManualClock();
    private final Node node = new Node();
    private final LocalAdapter adapter = new LocalAdapter(node);
    private final LocalAdapter recovering = new LocalAdapter(node, LIMITS, clock, "prefix");
    private final Fake ann = new Fake("ann");
    private final Fake bob = new Fake("bob");
    private final Fake cem = new Fake("cem");

    private static Packet.Event event(String name) {
        return new Packet.Event(
                "/", Packet.NO_ID, JsonArguments.builder().addString(name).build());
    }

    private Map<String, List<String>> sent(Selection selection) {
        node.received.clear();
        adapter.broadcast(event("x"), selection, Flags.NONE);
        return node.received;
    }

    private static Selection rooms(String... rooms) {
        return new Selection(Set.of(rooms), Set.of());
    }

    private void populate() {
        adapter.add(ann, List.of("a", "both"));
        adapter.add(bob, List.of("b", "both"));
        adapter.add(cem, List.of());
    }

    @Test
    void rooms_are_a_union_without_duplicates_and_no_room_is_everybody() {
        populate();

        assertThat(sent(rooms("a", "both"))).containsOnlyKeys("ann", "bob").allSatisfy((id, all) -> assertThat(all)
                .hasSize(1));
        assertThat(sent(Selection.ALL)).containsOnlyKeys("ann", "bob", "cem");
        assertThat(sent(rooms("nowhere"))).isEmpty();
        assertThat(sent(rooms("nowhere", "b"))).containsOnlyKeys("bob");
    }

    @Test
    void excepted_rooms_and_sockets_are_left_out() {
        populate();

        assertThat(sent(new Selection(Set.of(), Set.of("a")))).containsOnlyKeys("bob", "cem");
        assertThat(sent(new Selection(Set.of("both"), Set.of("bob")))).containsOnlyKeys("ann");
        assertThat(sent(new Selection(Set.of(), Set.of("a", "cem")))).containsOnlyKeys("bob");
        assertThat(sent(new Selection(Set.of("both"), Set.of("both")))).isEmpty();
    }

    @Test
    void a_sockets_id_is_a_room_with_this_one_socket_in_it() {
        populate();

        assertThat(sent(rooms("cem"))).containsOnlyKeys("cem");
        assertThat(sent(rooms("cem", "a"))).containsOnlyKeys("ann", "cem");
        adapter.join(ann, List.of("cem"));
        assertThat(sent(rooms("cem"))).containsOnlyKeys("ann", "cem");
        assertThat(adapter.rooms(cem)).containsExactly("cem");
    }

    @Test
    void a_removed_socket_has_left_its_rooms_and_cannot_enter_one_again() {
        populate();

        assertThat(adapter.remove(ann)).containsExactlyInAnyOrder("ann", "a", "both");
        adapter.join(ann, List.of("again"));

        assertThat(adapter.rooms(ann)).isEmpty();
        assertThat(adapter.remove(ann)).isEmpty();
        assertThat(sent(Selection.ALL)).doesNotContainKey("ann");
        assertThat(adapter.roomCount()).isEqualTo(2);
        assertThat(adapter.size()).isEqualTo(2);
    }

    @Test
    void rooms_come_and_go_with_their_first_and_last_socket() {
        adapter.add(ann, List.of());
        adapter.add(bob, List.of());
        node.rooms.clear();

        adapter.join(ann, List.of("r"));
        adapter.join(ann, List.of("r"));
        adapter.join(bob, List.of("r"));
        adapter.leave(ann, "r");
        adapter.leave(ann, "r");
        adapter.remove(bob);

        assertThat(node.rooms)
                .containsExactly("CREATED r", "JOINED r ann", "JOINED r bob", "LEFT r ann", "LEFT r bob", "DELETED r");
        assertThat(adapter.roomCount()).isZero();
    }

    @Test
    void concurrent_joins_and_leaves_leave_no_room_behind() throws InterruptedException {
        List<Fake> members = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            members.add(new Fake("m" + i));
            adapter.add(members.get(i), List.of());
        }
        CountDownLatch done = new CountDownLatch(members.size());
        for (Fake member : members) {
            new Thread(() -> {
                        for (int i = 0; i < 2_000; i++) {
                            adapter.join(member, List.of("r" + i % 3));
                            adapter.leave(member, "r" + i % 3);
                        }
                        adapter.join(member, List.of("last"));
                        adapter.remove(member);
                        done.countDown();
                    })
                    .start();
        }
        done.await();

        assertThat(adapter.roomCount()).isZero();
        assertThat(adapter.size()).isZero();
    }

    // recovery

    private String send(String name, String... rooms) {
        recovering.broadcast(event(name), new Selection(Set.of(rooms), Set.of()), Flags.NONE);
        return "prefix." + ++sequence;
    }

    private int sequence;

    private static RecoverableState state(String secret, String... rooms) {
        return new RecoverableState("id-" + secret, secret, Set.of(rooms), Map.of());
    }

    private List<String> missed(String offset, String... rooms) {
        return recovering.missed(Set.of(rooms), offset).stream()
                .map(entry -> entry.event().data().string(0))
                .toList();
    }

    @Test
    void every_event_gets_an_offset_as_its_last_argument() {
        send("first");
        String offset = send("second");
        send("third");

        RecoveryLog.Entry third = recovering.missed(Set.of(), offset).get(0);

        assertThat(third.event().data().text()).isEqualTo("[\"third\",\"prefix.3\"]");
    }

    @Test
    void volatile_events_and_events_with_an_id_are_not_kept() {
        String offset = send("first");
        recovering.broadcast(event("volatile"), Selection.ALL, Flags.NONE.asVolatile());
        recovering.broadcast(new Packet.Event("/", 3, event("asks").data()), Selection.ALL, Flags.NONE);

        assertThat(missed(offset)).isEmpty();
    }

    @Test
    void missed_is_what_came_after_the_offset_for_the_sockets_rooms() {
        String offset = send("seen");
        send("to all");
        send("to mine", "mine");
        send("to others", "others");
        recovering.broadcast(event("but not me"), new Selection(Set.of(), Set.of("mine")), Flags.NONE);

        assertThat(missed(offset, "me", "mine")).containsExactly("to all", "to mine");
    }

    @Test
    void a_state_is_taken_once() {
        String offset = send("seen");
        recovering.keep(state("secret", "room"));

        assertThat(recovering.take("secret", offset)).isEqualTo(state("secret", "room"));
        assertThat(recovering.take("secret", offset)).isNull();
    }

    @Test
    void an_offset_that_is_forged_foreign_or_no_longer_known_recovers_nothing() {
        String first = send("first");
        for (int i = 0; i < LIMITS.packets(); i++) {
            send("more");
        }

        for (String offset : Arrays.asList(
                first, "prefix.0", "prefix.-1", "prefix.99", "prefix.x", "prefix", "other.3", "", "3", "prefix.3 ")) {
            recovering.keep(state("secret"));
            assertThat(recovering.take("secret", offset)).as(offset).isNull();
        }
        recovering.keep(state("secret"));
        assertThat(recovering.take("secret", "prefix.3")).isNotNull();
    }

    @Test
    void states_and_events_are_forgotten_in_time_and_above_their_number() {
        String offset = send("seen");
        List.of("s1", "s2", "s3", "s4").forEach(secret -> recovering.keep(state(secret)));
        assertThat(recovering.take("s1", offset)).isNull();
        assertThat(recovering.take("s2", offset)).isNotNull();

        clock.advance(Duration.ofSeconds(11));
        recovering.cleanUp();

        assertThat(recovering.take("s3", offset)).isNull();
        assertThat(missed(offset)).isEmpty();
    }

    @Test
    void events_are_bounded_in_bytes() {
        LocalAdapter small =
                new LocalAdapter(node, new RecoveryLog.Limits(LIMITS.nanos(), 1_000, 100, 3), clock, "prefix");
        for (int i = 0; i < 50; i++) {
            small.broadcast(event("0123456789"), Selection.ALL, Flags.NONE);
        }

        assertThat(small.missed(Set.of(), "prefix.1").size()).isLessThan(10);
    }
}
