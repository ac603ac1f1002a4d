package io.portcullis.socketio.adapter;

import static io.portcullis.socketio.adapter.FakeNode.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.adapter.FakeNode.FakeMember;
import io.portcullis.socketio.adapter.LocalSockets.Member;
import io.portcullis.socketio.testing.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

class LocalAdapterTest {

    private final FakeNode node = new FakeNode();
    private final LocalAdapter adapter = new LocalAdapter(node);
    private final Member a = new FakeMember("a");
    private final Member b = new FakeMember("b");
    private final Member c = new FakeMember("c");

    private void enter() {
        adapter.add(a, List.of("r1"));
        adapter.add(b, List.of("r1", "r2"));
        adapter.add(c, List.of());
        node.roomEvents.clear();
    }

    private List<String> selected(Set<String> rooms, Set<String> except) {
        List<String> ids = new ArrayList<>();
        adapter.forEachLocal(new Selection(rooms, except), member -> ids.add(member.id()));
        return ids;
    }

    @Test
    void no_room_means_everybody() {
        enter();

        assertThat(selected(Set.of(), Set.of())).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(adapter.size()).isEqualTo(3);
        assertThat(adapter.roomCount()).isEqualTo(2);
    }

    @Test
    void several_rooms_are_a_union_without_duplicates() {
        enter();

        assertThat(selected(Set.of("r1"), Set.of())).containsExactlyInAnyOrder("a", "b");
        assertThat(selected(Set.of("r1", "r2"), Set.of())).containsExactlyInAnyOrder("a", "b");
        assertThat(selected(Set.of("r1", "r2", "b", "c", "unknown"), Set.of()))
                .containsExactlyInAnyOrder("a", "b", "c");
        assertThat(selected(Set.of("unknown"), Set.of())).isEmpty();
    }

    @Test
    void excepted_rooms_are_left_out() {
        enter();

        assertThat(selected(Set.of(), Set.of("r2"))).containsExactlyInAnyOrder("a", "c");
        assertThat(selected(Set.of("r1"), Set.of("r2"))).containsExactly("a");
        assertThat(selected(Set.of("r1"), Set.of("a", "unknown"))).containsExactly("b");
        assertThat(selected(Set.of("r1"), Set.of("r1"))).isEmpty();
        assertThat(selected(Set.of("a"), Set.of("a"))).isEmpty();
        assertThat(selected(Set.of(), Set.of("r2", "a", "c"))).isEmpty();
    }

    @Test
    void an_id_is_a_room() {
        enter();

        assertThat(selected(Set.of("c"), Set.of())).containsExactly("c");
        assertThat(adapter.rooms(c)).containsExactly("c");
        assertThat(adapter.rooms(b)).containsExactlyInAnyOrder("b", "r1", "r2");
        adapter.join(c, List.of("c"));
        adapter.leave(c, "c");
        assertThat(selected(Set.of("c"), Set.of())).containsExactly("c");
        assertThat(node.roomEvents).isEmpty();
    }

    @Test
    void a_room_that_is_named_like_an_id_holds_both() {
        enter();
        adapter.join(a, List.of("c"));

        assertThat(selected(Set.of("c"), Set.of())).containsExactlyInAnyOrder("a", "c");
        assertThat(selected(Set.of(), Set.of("c"))).containsExactly("b");
    }

    @Test
    void a_removed_socket_is_in_no_room_and_enters_none() {
        enter();

        assertThat(adapter.remove(b)).containsExactlyInAnyOrder("b", "r1", "r2");
        adapter.join(b, List.of("r1", "r3"));

        assertThat(adapter.remove(b)).isEmpty();
        assertThat(adapter.rooms(b)).isEmpty();
        assertThat(selected(Set.of(), Set.of())).containsExactlyInAnyOrder("a", "c");
        assertThat(selected(Set.of("b", "r1", "r2", "r3"), Set.of())).containsExactly("a");
        assertThat(adapter.roomCount()).isEqualTo(1);
    }

    @Test
    void tells_of_rooms_once_and_in_order() {
        adapter.add(a, List.of("r", "r"));
        adapter.join(a, List.of("r"));
        adapter.join(b, List.of("r"));
        adapter.add(b, List.of());
        adapter.join(b, List.of("r"));
        adapter.leave(a, "r");
        adapter.leave(a, "r");
        adapter.leave(b, "unknown");
        adapter.remove(b);

        assertThat(node.roomEvents)
                .containsExactly("CREATED r", "JOINED r a", "JOINED r b", "LEFT r a", "LEFT r b", "DELETED r");
    }

    @Test
    void a_room_that_two_leave_at_the_same_time_is_deleted_once() {
        adapter.add(a, List.of("r"));
        adapter.add(b, List.of("r"));
        node.roomEvents.clear();
        node.observer = () -> {
            node.observer = () -> {};
            adapter.leave(b, "r");
        };

        adapter.leave(a, "r");

        assertThat(node.roomEvents).containsExactly("LEFT r a", "LEFT r b", "DELETED r");
    }

    @Test
    @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
    void an_observer_of_a_new_room_may_make_others() {
        adapter.add(b, List.of());
        List<String> others = IntStream.range(0, 100).mapToObj(i -> "s" + i).toList();
        node.observer = () -> {
            node.observer = () -> {};
            adapter.join(b, others);
        };

        adapter.add(a, List.of("r"));

        assertThat(adapter.roomCount()).isEqualTo(101);
        assertThat(node.roomEvents)
                .startsWith("CREATED r", "CREATED s0", "JOINED s0 b")
                .endsWith("JOINED s99 b", "JOINED r a");
    }

    @Test
    @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
    void observers_of_two_new_rooms_do_not_wait_for_each_other() throws InterruptedException {
        CyclicBarrier bothObserve = new CyclicBarrier(2);
        ThreadLocal<Member> entering = new ThreadLocal<>();
        node.observer = () -> {
            Member member = entering.get();
            if (member != null) {
                entering.remove();
                await(bothObserve);
                adapter.join(member, List.of("r1", "r2"));
            }
        };

        Race.run(() -> enter(a, "r1", entering), () -> enter(b, "r2", entering));

        assertThat(selected(Set.of("r1"), Set.of())).containsExactlyInAnyOrder("a", "b");
        assertThat(selected(Set.of("r2"), Set.of())).containsExactlyInAnyOrder("a", "b");
        assertThat(count("CREATED")).isEqualTo(2);
    }

    @Test
    @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
    void observers_that_move_each_others_sockets_do_not_wait_for_each_other() throws InterruptedException {
        adapter.add(a, List.of());
        adapter.add(b, List.of());
        CyclicBarrier bothObserve = new CyclicBarrier(2);
        ThreadLocal<Member> other = new ThreadLocal<>();
        node.observer = () -> {
            Member moved = other.get();
            if (moved != null) {
                other.remove();
                await(bothObserve);
                adapter.join(moved, List.of("moved"));
            }
        };

        Race.run(() -> joinWatched(a, b, other), () -> joinWatched(b, a, other));

        assertThat(selected(Set.of("moved"), Set.of())).containsExactlyInAnyOrder("a", "b");
        assertThat(count("JOINED moved")).isEqualTo(2);
    }

    private void joinWatched(Member member, Member moved, ThreadLocal<Member> other) {
        other.set(moved);
        adapter.join(member, List.of(member.id() + "'s"));
    }

    private void enter(Member member, String room, ThreadLocal<Member> entering) {
        entering.set(member);
        adapter.add(member, List.of(room));
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void concurrent_joins_and_leaves_end_without_a_room() throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(number -> new Thread(() -> comeAndGo(number, start)))
                .toList();

        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(adapter.roomCount()).isZero();
        assertThat(adapter.size()).isZero();
        assertThat(selected(Set.of("r0", "r1", "r2"), Set.of())).isEmpty();
        assertThat(count("CREATED")).isEqualTo(count("DELETED")).isPositive();
        assertThat(count("JOINED")).isEqualTo(count("LEFT")).isPositive();
    }

    private long count(String type) {
        return node.roomEvents.stream().filter(event -> event.startsWith(type)).count();
    }

    private void comeAndGo(int thread, CountDownLatch start) {
        Random random = new Random(thread);
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (int i = 0; i < 2_000; i++) {
            Member member = new FakeMember(thread + "-" + i);
            adapter.add(member, List.of("r" + random.nextInt(3)));
            adapter.join(member, List.of("r" + random.nextInt(3)));
            adapter.leave(member, "r" + random.nextInt(3));
            adapter.remove(member);
            adapter.join(member, List.of("r0"));
        }
    }

    @Test
    void a_broadcast_is_encoded_once() {
        enter();

        adapter.broadcast(event("e"), Selection.of("r1"), Flags.NONE);

        assertThat(node.delivered).containsExactlyInAnyOrder("a[\"e\"]", "b[\"e\"]");
        assertThat(node.encoded).isEqualTo(1);
    }

    @Test
    void all_selected_sockets_join_leave_and_go() {
        enter();

        adapter.socketsJoin(Selection.of("r1"), List.of("x", "y"));
        assertThat(selected(Set.of("x"), Set.of())).containsExactlyInAnyOrder("a", "b");
        adapter.socketsLeave(Selection.of("x"), List.of("x", "y", "r1"));
        assertThat(adapter.rooms(a)).containsExactly("a");
        assertThat(adapter.rooms(b)).containsExactlyInAnyOrder("b", "r2");
        adapter.disconnectSockets(Selection.of("c"), true);
        adapter.disconnectSockets(Selection.of("r2"), false);

        assertThat(node.disconnected).containsExactly("c!", "b");
    }

    @Test
    void lists_selected_sockets() {
        enter();

        assertThat(adapter.fetchSockets(Selection.of("r1"))
                        .toCompletableFuture()
                        .join())
                .extracting(socket -> socket.id())
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void has_no_other_nodes_and_no_recovery() {
        assertThat(adapter.serverSideEmit(event("e").data())
                        .toCompletableFuture()
                        .join())
                .isEmpty();
        assertThat(adapter.take("secret", "x.1")).isNull();
        assertThat(adapter.missed(Set.of(), "x.1")).isEmpty();
    }
}
