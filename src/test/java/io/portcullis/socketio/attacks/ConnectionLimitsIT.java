package io.portcullis.socketio.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.testing.Administrator;
import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawHttp.Answer;
import io.portcullis.socketio.testing.RawWebSocket;
import io.portcullis.socketio.testing.Statistics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An address has its share and no more, however it connects and however it goes. */
class ConnectionLimitsIT {

    private static final String PATH = "/limited/";
    private static final int OF_AN_ADDRESS = 5;
    private static final int OF_A_USER = 3;
    private static final int HANDSHAKES = 20;
    private static final String PAGE = "Origin: http://allowed.example";
    private static final String ALICE = basic("alice");
    private static final String BOB = basic("bob");

    /** Addresses that no other test has used: each has its own count of attempts. */
    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    @RegisterExtension
    final Bystander bystander = new Bystander();

    private String address;

    private static String basic(String user) {
        byte[] credential = (user + ":" + user + "-password").getBytes(StandardCharsets.UTF_8);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(credential);
    }

    @BeforeEach
    void choose() {
        address = newAddress();
    }

    private static String newAddress() {
        int number = ADDRESSES.incrementAndGet();
        return "X-Forwarded-For: 203.0." + number / 250 + "." + (1 + number % 250);
    }

    private static Answer attempt(EngineClient.Via via, String header) {
        String target = PATH + "?EIO=4&transport=" + via.text();
        return via == EngineClient.Via.POLLING
                ? RawHttp.fetch(target, header)
                : RawHttp.fetch(target, RawWebSocket.upgrade(header));
    }

    private static void assertTooMany(Answer answer, String message) {
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.text()).isEqualTo("{\"code\":4,\"message\":\"" + message + "\"}");
        assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(1, 5);
        assertThat(answer.headers()).doesNotContainKey("set-cookie");
    }

    private List<EngineClient> fill(EngineClient.Via via) {
        List<EngineClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < OF_AN_ADDRESS; i++) {
                clients.add(via.open(PATH, address));
            }
            return clients;
        } catch (IllegalStateException e) {
            clients.forEach(EngineClient::close);
            throw e;
        }
    }

    @ParameterizedTest
    @EnumSource
    void L01_one_more_than_allowed_is_refused_and_who_goes_makes_room(EngineClient.Via via) {
        List<EngineClient> clients = fill(via);

        assertTooMany(attempt(EngineClient.Via.POLLING, address), "Too many connections");
        assertTooMany(attempt(EngineClient.Via.WEBSOCKET, address), "Too many connections");
        via.open(PATH, newAddress()).close();

        clients.remove(0).close();
        await().ignoreExceptions().untilAsserted(() -> clients.add(via.open(PATH, address)));
        assertTooMany(attempt(via, address), "Too many connections");
        clients.forEach(EngineClient::close);
    }

    @ParameterizedTest
    @EnumSource
    void L01_who_vanishes_makes_room(EngineClient.Via via) {
        fill(via).forEach(EngineClient::vanish);

        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .untilAsserted(() -> fill(via).forEach(EngineClient::close));
    }

    @Test
    void L01_a_limit_that_is_raised_or_lowered_holds_at_once() {
        Administrator root = Administrator.root();
        List<EngineClient> clients = fill(EngineClient.Via.WEBSOCKET);
        try {
            root.patch("limits", "{\"limited.connections-per-address\": " + (OF_AN_ADDRESS + 1) + "}");
            clients.add(EngineClient.Via.POLLING.open(PATH, address));
            assertTooMany(attempt(EngineClient.Via.WEBSOCKET, address), "Too many connections");

            root.patch("limits", "{\"limited.anonymous-per-address\": 0}");
            assertTooMany(attempt(EngineClient.Via.WEBSOCKET, newAddress()), "Too many connections");
            EngineClient.Via.WEBSOCKET.open(PATH, newAddress(), PAGE, BOB).close();
        } finally {
            root.patch(
                    "limits",
                    "{\"limited.connections-per-address\": " + OF_AN_ADDRESS
                            + ", \"limited.anonymous-per-address\": 1000}");
            clients.forEach(EngineClient::close);
        }
    }

    @Test
    void L01_a_user_has_so_many_from_wherever_they_come() {
        List<EngineClient> clients = new ArrayList<>();
        for (int i = 0; i < OF_A_USER; i++) {
            clients.add(EngineClient.Via.WEBSOCKET.open(PATH, newAddress(), PAGE, ALICE));
        }

        assertTooMany(
                RawHttp.fetch(PATH + "?EIO=4&transport=polling", newAddress(), PAGE, ALICE), "Too many connections");
        EngineClient.Via.WEBSOCKET.open(PATH, newAddress(), PAGE, BOB).close();

        clients.remove(0).close();
        await().ignoreExceptions()
                .untilAsserted(() -> clients.add(EngineClient.Via.POLLING.open(PATH, newAddress(), PAGE, ALICE)));
        clients.forEach(EngineClient::close);
    }

    @Test
    void L01_an_upgraded_session_counts_once() {
        try (RawHttp http = RawHttp.connect()) {
            for (int i = 0; i < 2 * OF_AN_ADDRESS; i++) {
                String sid = EngineClient.json(http.get(PATH + "?EIO=4&transport=polling", address)
                                .text()
                                .substring(1))
                        .getString("sid");
                try (RawWebSocket socket = RawWebSocket.open(PATH + "?EIO=4&transport=websocket&sid=" + sid, address)) {
                    socket.send("2probe");
                    assertThat(socket.text()).isEqualTo("3probe");
                    socket.send("5");
                    socket.send("1");
                    socket.closeCode();
                }
            }
        }
        await().ignoreExceptions()
                .untilAsserted(() -> fill(EngineClient.Via.WEBSOCKET).forEach(EngineClient::close));
    }

    @Test
    void L01_there_are_so_many_in_all() {
        List<EngineClient> clients = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            clients.add(EngineClient.Via.WEBSOCKET.open(PATH, newAddress()));
        }

        assertTooMany(attempt(EngineClient.Via.WEBSOCKET, newAddress()), "Too many connections");

        clients.forEach(EngineClient::close);
        Statistics.idle();
        EngineClient.Via.WEBSOCKET.open(PATH, newAddress()).close();
    }

    @Test
    void an_address_may_try_only_so_often() {
        int refused = 0;
        for (int i = 0; i < 2 * HANDSHAKES; i++) {
            Answer answer = attempt(EngineClient.Via.POLLING, address);
            if (answer.status() == 429 && answer.text().contains("Too many handshakes")) {
                assertTooMany(answer, "Too many handshakes");
                refused++;
            }
        }

        assertThat(refused).isPositive();
        assertThat(attempt(EngineClient.Via.POLLING, newAddress()).status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(6)).untilAsserted(() -> assertThat(
                        attempt(EngineClient.Via.POLLING, address).text())
                .doesNotContain("Too many handshakes"));
    }

    @Test
    void L02_what_the_client_has_written_left_of_the_proxy_is_ignored() {
        List<EngineClient> clients = new ArrayList<>();
        String client = address.substring(address.indexOf(' ') + 1);
        for (int i = 0; i < OF_AN_ADDRESS; i++) {
            clients.add(EngineClient.Via.WEBSOCKET.open(PATH, "X-Forwarded-For: 198.51.100." + i + ", " + client));
        }

        assertTooMany(
                attempt(EngineClient.Via.WEBSOCKET, "X-Forwarded-For: 198.51.100.99, " + client),
                "Too many connections");
        assertTooMany(
                attempt(EngineClient.Via.WEBSOCKET, "Forwarded: for=198.51.100.99, for=" + client),
                "Too many connections");

        clients.forEach(EngineClient::close);
    }

    @Test
    void L03_all_addresses_of_an_IPv6_network_are_one() {
        List<EngineClient> clients = new ArrayList<>();
        for (int i = 0; i < OF_AN_ADDRESS; i++) {
            clients.add(EngineClient.Via.WEBSOCKET.open(PATH, "X-Forwarded-For: 2001:db8:77:1::" + i));
        }

        assertTooMany(
                attempt(EngineClient.Via.WEBSOCKET, "X-Forwarded-For: 2001:db8:77:1:ffff::1"), "Too many connections");
        EngineClient.Via.WEBSOCKET
                .open(PATH, "X-Forwarded-For: 2001:db8:77:2::1")
                .close();

        clients.forEach(EngineClient::close);
    }
}
