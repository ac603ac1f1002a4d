package io.portcullis.socketio.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;

/**
 * Immutable. How much the fixture's main endpoint holds.
 *
 * @param sessions connections, those included whose clients are still to be told of the end
 * @param sockets sockets in all namespaces
 * @param rooms rooms in all namespaces
 * @param namespaces namespaces, the dynamic ones included
 * @param timers deadlines that wait
 */
public record Statistics(int sessions, int sockets, int rooms, int namespaces, int timers) {

    /** Longer than a closed session waits for a client to fetch the close packet. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    public static Statistics now() {
        return of(FixtureServer.uri());
    }

    /** Of a fixture anywhere. */
    public static Statistics of(URI server) {
        JsonObject counts;
        try (RawHttp http = RawHttp.connect(server)) {
            counts = EngineClient.json(http.get("/fixture/statistics").text()).getJsonObject("server");
        }
        return new Statistics(
                counts.getInt("sessions"),
                counts.getInt("sockets"),
                counts.getInt("rooms"),
                counts.getInt("namespaces"),
                counts.getInt("timers"));
    }

    /** Waits until there is no more than this; a sweep may have a timer of its own. */
    public void awaitAgain() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            Statistics now = now();
            assertThat(now.sessions).as("sessions").isLessThanOrEqualTo(sessions);
            assertThat(now.sockets).as("sockets").isLessThanOrEqualTo(sockets);
            assertThat(now.rooms).as("rooms").isLessThanOrEqualTo(rooms);
            assertThat(now.namespaces).as("namespaces").isEqualTo(namespaces);
            assertThat(now.timers).as("timers").isLessThanOrEqualTo(timers + 1);
        });
    }

    /** Waits until nobody is connected any more. */
    public static Statistics idle() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            Statistics now = now();
            assertThat(now.sessions).as("sessions").isZero();
            assertThat(now.sockets).as("sockets").isZero();
            assertThat(now.rooms).as("rooms").isZero();
        });
        return now();
    }
}
