package io.portcullis.socketio.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portcullis.socketio.RateLimitExceededException;
import io.portcullis.socketio.testing.Configs;
import io.portcullis.socketio.testing.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many may be here, and how often they may try. */
class ConnectionLimitsTest {

    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final Limits limits = new Limits(Configs.endpoint(
            "limits.connections", "6",
            "limits.connections-per-address", "4",
            "limits.anonymous-per-address", "2",
            "limits.connections-per-user", "3",
            "limits.handshakes-per-address", "5"));
    private final ConnectionLimits connections = new ConnectionLimits(limits, WINDOW);

    private String refusal(String address, String user) {
        return catchThrowableOfType(RateLimitExceededException.class, () -> connections.admit(address, user))
                .limit();
    }

    @Test
    void L01_a_user_has_so_many_from_wherever_they_come() {
        connections.admit("a", "alice");
        connections.admit("a", "alice");
        connections.admit("b", "alice");

        assertThat(refusal("c", "alice")).isEqualTo("connections-per-user");
        assertThat(connections.connections()).isEqualTo(3);
    }

    @Test
    void L01_an_address_has_so_many_whoever_they_are() {
        connections.admit("a", "alice");
        connections.admit("a", "bob");
        connections.admit("a", "carol");
        connections.admit("a", null);

        assertThat(refusal("a", "dave")).isEqualTo("connections-per-address");
        connections.admit("b", "dave");
    }

    @Test
    void L01_an_address_has_fewer_of_nobody() {
        connections.admit("a", null);
        connections.admit("a", null);

        assertThat(refusal("a", null)).isEqualTo("anonymous-per-address");
        connections.admit("a", "alice");
    }

    @Test
    void L01_there_are_so_many_in_all() {
        for (int i = 0; i < 6; i++) {
            connections.admit("address " + i, null);
        }

        assertThat(refusal("another", null)).isEqualTo("connections");
    }

    @Test
    void L01_who_goes_makes_room_once() {
        Permit first = connections.admit("a", null);
        connections.admit("a", null);

        first.close();
        first.close();
        connections.admit("a", null);

        assertThat(refusal("a", null)).isEqualTo("anonymous-per-address");
    }

    @Test
    void a_refusal_leaves_no_trace() {
        for (int i = 0; i < 100; i++) {
            for (int limit = 0; limit < 6; limit++) {
                limits.set(Limit.CONNECTIONS_PER_USER, 0);
                assertThat(refusal("address " + i, "user " + i)).isEqualTo("connections-per-user");
            }
        }

        assertThat(connections.connections()).isZero();
        assertThat(connections.keys()).isZero();
    }

    @Test
    void a_lower_limit_holds_at_once_and_sends_nobody_away() {
        connections.admit("a", "alice");
        connections.admit("a", "alice");
        limits.set(Limit.CONNECTIONS_PER_USER, 1);

        assertThat(refusal("a", "alice")).isEqualTo("connections-per-user");
        assertThat(connections.connections()).isEqualTo(2);
    }

    @Test
    void zero_lets_nobody_pass() {
        limits.set(Limit.CONNECTIONS, 0);
        limits.set(Limit.HANDSHAKES_PER_ADDRESS, 0);

        assertThat(refusal("a", null)).isEqualTo("connections");
        assertThatThrownBy(() -> connections.countHandshake("a")).isInstanceOf(RateLimitExceededException.class);
    }

    @Test
    void an_address_may_try_so_often() {
        for (int i = 0; i < 5; i++) {
            connections.countHandshake("a");
        }

        RateLimitExceededException refused =
                catchThrowableOfType(RateLimitExceededException.class, () -> connections.countHandshake("a"));

        assertThat(refused.limit()).isEqualTo("handshakes-per-address");
        assertThat(refused.retryAfter()).isBetween(Duration.ofMinutes(9), WINDOW);
        connections.countHandshake("b");
    }

    @Test
    void a_changed_limit_of_attempts_holds_at_once() {
        for (int i = 0; i < 5; i++) {
            connections.countHandshake("a");
        }

        limits.set(Limit.HANDSHAKES_PER_ADDRESS, 6);

        connections.countHandshake("a");
    }

    /** Connect, be refused, die twice, in any order and at the same time: no count is ever above its limit, and all end at zero. */
    @Test
    void L01_the_counts_are_exact_whatever_happens_at_the_same_time() throws InterruptedException {
        Map<String, AtomicInteger> present = new ConcurrentHashMap<>();
        Map<String, AtomicInteger> most = new ConcurrentHashMap<>();
        Runnable[] clients = new Runnable[8];
        for (int i = 0; i < clients.length; i++) {
            Random random = new Random(i);
            clients[i] = () -> live(random, present, most);
        }

        Race.run(clients);

        assertThat(most.get("all").get()).isBetween(2, 6);
        assertThat(most).allSatisfy((key, count) -> assertThat(count.get())
                .as(key)
                .isBetween(
                        1,
                        key.startsWith("user") ? 3 : key.startsWith("address") ? 4 : key.startsWith("nobody") ? 2 : 6));
        assertThat(most).hasSize(1 + 3 + 3 + 3);
        assertThat(present.values()).allSatisfy(count -> assertThat(count.get()).isZero());
        assertThat(connections.connections()).isZero();
        assertThat(connections.keys()).isZero();
    }

    private void live(Random random, Map<String, AtomicInteger> present, Map<String, AtomicInteger> most) {
        List<Client> mine = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(3) > 0) {
                try {
                    String user = random.nextBoolean() ? null : "user " + random.nextInt(3);
                    String address = "address " + random.nextInt(3);
                    Permit permit = connections.admit(address, user);
                    mine.add(new Client(permit, List.of("all", address, user == null ? "nobody at " + address : user)));
                    mine.get(mine.size() - 1).keys().forEach(key -> most.computeIfAbsent(key, k -> new AtomicInteger())
                            .accumulateAndGet(count(present, key, 1), Math::max));
                } catch (RateLimitExceededException e) {
                    continue;
                }
            } else if (!mine.isEmpty()) {
                leave(mine.remove(random.nextInt(mine.size())), present);
            }
        }
        mine.forEach(client -> leave(client, present));
    }

    private static void leave(Client client, Map<String, AtomicInteger> present) {
        client.keys().forEach(key -> count(present, key, -1));
        client.permit().close();
        client.permit().close();
    }

    private static int count(Map<String, AtomicInteger> present, String key, int change) {
        return present.computeIfAbsent(key, k -> new AtomicInteger()).addAndGet(change);
    }

    private record Client(Permit permit, List<String> keys) {}
}
