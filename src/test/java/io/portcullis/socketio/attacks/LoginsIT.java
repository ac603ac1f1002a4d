package io.portcullis.socketio.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawHttp.Answer;
import io.portcullis.socketio.testing.RawWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A login that a browser sends by itself is of no use to a foreign page, and a session belongs to its user. */
class LoginsIT {

    private static final String PAGE = "Origin: http://allowed.example";
    private static final String ALICE = basic("alice", "alice-password");
    private static final String BOB = basic("bob", "bob-password");
    private static final String POLLING = "/secure/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/secure/?EIO=4&transport=websocket";

    @RegisterExtension
    final Bystander bystander = new Bystander();

    private static String basic(String user, String password) {
        byte[] credential = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(credential);
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
        assertThat(answer.headers()).doesNotContainKey("set-cookie");
    }

    @Test
    void O09_a_login_without_an_origin_is_refused() {
        assertRefused(RawHttp.fetch(POLLING, ALICE));
        assertRefused(RawHttp.fetch(WEBSOCKET, RawWebSocket.upgrade(ALICE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "none"})
    void O09_a_login_from_far_away_is_refused_even_with_a_listed_origin(String site) {
        assertRefused(RawHttp.fetch(POLLING, ALICE, PAGE, "Sec-Fetch-Site: " + site));
        assertRefused(RawHttp.fetch(WEBSOCKET, RawWebSocket.upgrade(ALICE, PAGE, "Sec-Fetch-Site: " + site)));
    }

    @Test
    void a_login_from_a_listed_page_nearby_may_come() {
        for (EngineClient.Via via : EngineClient.Via.values()) {
            via.open("/secure/", ALICE, PAGE, "Sec-Fetch-Site: same-site").close();
        }
    }

    @Test
    void R01_R02_the_session_of_a_user_is_no_other_users() {
        try (RawHttp http = RawHttp.connect()) {
            String sid = EngineClient.json(http.get(POLLING, ALICE, PAGE).text().substring(1))
                    .getString("sid");
            String target = POLLING + "&sid=" + sid;

            assertRefused(RawHttp.fetch(target, BOB, PAGE));
            assertRefused(RawHttp.fetch(target, PAGE));
            assertRefused(RawHttp.fetch(target));
            assertRefused(RawHttp.fetch(WEBSOCKET + "&sid=" + sid, RawWebSocket.upgrade(BOB, PAGE)));

            byte[] join = "40/public,".getBytes(StandardCharsets.UTF_8);
            assertThat(http.post(target, join, ALICE, PAGE, "Content-Type: text/plain")
                            .text())
                    .isEqualTo("ok");
            assertThat(http.get(target, ALICE, PAGE).text()).startsWith("40/public,{\"sid\":");
            http.post(target, "1".getBytes(StandardCharsets.UTF_8), ALICE, PAGE, "Content-Type: text/plain");
        }
    }

    @Test
    void a_wrong_password_makes_nobody_a_user() {
        Answer answer = RawHttp.fetch(POLLING, basic("alice", "wrong"), PAGE);

        // refused by the server, or let in as anybody would be
        assertThat(answer.status()).isIn(200, 401);
        if (answer.status() == 401) {
            assertThat(answer.text()).doesNotContain("\"sid\"");
        } else {
            String sid = EngineClient.json(answer.text().substring(1)).getString("sid");
            assertThat(RawHttp.fetch(POLLING + "&sid=" + sid, PAGE).status()).isNotEqualTo(403);
        }
    }
}
