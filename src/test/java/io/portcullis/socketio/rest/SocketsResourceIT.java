package io.portcullis.socketio.rest;

import static io.portcullis.socketio.rest.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.testing.Administrator;
import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.SocketClient;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is connected, as administrators see it, and who is sent away. */
class SocketsResourceIT {

    private final Administrator root = Administrator.root();

    private SocketClient bob;
    private SocketClient other;
    private String id;
    private String otherId;

    @BeforeEach
    void connect() {
        await("that the sockets of former tests have gone")
                .until(() -> root.list("sockets?sub=bob").isEmpty());
        String page = "Origin: http://allowed.example";
        String login = "Authorization: " + Administrator.login("bob");
        bob = SocketClient.open(EngineClient.Via.WEBSOCKET, "/secure/", page, login);
        other = SocketClient.open(EngineClient.Via.WEBSOCKET, "/secure/");
        id = bob.enter("/public");
        otherId = other.enter("/public");
    }

    @AfterEach
    void disconnect() {
        bob.close();
        other.close();
    }

    @Test
    void who_is_connected_is_listed() {
        List<JsonObject> all = root.list("sockets?sub=bob");

        assertThat(all).hasSize(1);
        assertThat(all.get(0).keySet()).containsExactlyInAnyOrder("id", "endpoint", "namespace", "iss", "sub", "rooms");
        assertThat(all.get(0).getString("id")).isEqualTo(id);
        assertThat(all.get(0).getString("endpoint")).isEqualTo("secure");
        assertThat(all.get(0).getString("namespace")).isEqualTo("/public");
        assertThat(all.get(0).getString("sub")).isEqualTo("bob");
        assertThat(all.get(0).get("iss")).isEqualTo(JsonValue.NULL);
        assertThat(all.get(0).getJsonArray("rooms").getValuesAs(JsonString::getString))
                .containsExactly(id);
        assertThat(root.list("sockets"))
                .filteredOn(each -> each.getString("id").equals(otherId))
                .singleElement()
                .satisfies(each -> assertThat(each.get("sub")).isEqualTo(JsonValue.NULL));
        assertThat(root.list("sockets?limit=1")).hasSize(1);
    }

    @Test
    void who_is_sent_away_has_gone_and_can_be_read_about() {
        assertThat(root.delete("sockets/" + id).statusCode()).isEqualTo(204);

        bob.engine().awaitEnd();
        await().untilAsserted(() -> assertThat(
                        other.ask("/public", "[\"reason-of\",\"" + id + "\"]").get(0))
                .isInstanceOfSatisfying(JsonObject.class, told -> assertThat(told.getString("reason"))
                        .isEqualTo("server namespace disconnect")));
        assertThat(root.list("sockets?sub=bob")).isEmpty();
        assertProblem(root.delete("sockets/" + id), 404);
        await().untilAsserted(() -> assertThat(root.list("audit?type=evicted"))
                .filteredOn(each -> each.getString("socketId").equals(id))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.getString("sub")).isEqualTo("bob");
                    assertThat(each.getString("address")).isEqualTo("127.0.0.1");
                    assertThat(each.getString("detail")).isEqualTo("by root at 127.0.0.1");
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10001", "x", "1.5"})
    void a_limit_of_sockets_is_a_number_within_bounds(String limit) {
        assertProblem(root.get("sockets?limit=" + limit), 400);
    }
}
