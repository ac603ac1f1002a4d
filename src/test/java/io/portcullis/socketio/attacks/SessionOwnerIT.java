package io.portcullis.socketio.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawHttp.Answer;
import io.portcullis.socketio.testing.RawWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A session id that somebody else has seen is of no use to them. */
class SessionOwnerIT {

    private static final String POLLING = "/secure/?EIO=4&transport=polling";

    @RegisterExtension
    final Bystander bystander = new Bystander();

    private RawHttp victim;
    private Answer opened;
    private String sid;
    private String target;
    private String cookie;

    @BeforeEach
    void connect() {
        victim = RawHttp.connect();
        opened = victim.get(POLLING);
        sid = EngineClient.json(opened.text().substring(1)).getString("sid");
        target = POLLING + "&sid=" + sid;
        cookie = "Cookie: " + opened.header("set-cookie").replaceFirst(";.*", "");
        assertThat(post(victim, "40/public,", cookie).text()).isEqualTo("ok");
    }

    @AfterEach
    void disconnect() {
        post(victim, "1", cookie);
        victim.close();
    }

    private Answer post(RawHttp http, String packets, String... headers) {
        String[] all = new String[headers.length + 1];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Type: text/plain;charset=UTF-8";
        return http.post(target, packets.getBytes(StandardCharsets.UTF_8), all);
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
    }

    private void assertVictimGoesOn() {
        assertThat(victim.get(target, cookie).text()).startsWith("40/public,{\"sid\":");
        post(victim, "42/public,7[\"echo\",\"still here\"]", cookie);
        assertThat(victim.get(target, cookie).text()).isEqualTo("43/public,7[\"still here\"]");
    }

    @Test
    void the_cookie_says_nothing_and_no_script_can_read_it() {
        assertThat(opened.header("set-cookie"))
                .matches("portcullis-session-[0-9a-f]+=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax")
                .doesNotContain(sid);
        assertThat(victim.get(target, cookie).headers()).doesNotContainKey("set-cookie");
    }

    @Test
    void R01_a_poll_without_the_cookie_gets_nothing() {
        assertRefused(RawHttp.fetch(target));

        assertVictimGoesOn();
    }

    @Test
    void R01_a_poll_with_somebody_elses_cookie_gets_nothing() {
        String other = RawHttp.fetch(POLLING).header("set-cookie").replaceFirst(";.*", "");

        assertRefused(RawHttp.fetch(target, "Cookie: " + other));

        assertVictimGoesOn();
    }

    @Test
    void R01_a_made_up_cookie_gets_nothing() {
        assertRefused(RawHttp.fetch(target, cookie.replaceFirst("=.*", "=" + "A".repeat(43))));
        assertRefused(RawHttp.fetch(target, "Cookie: io=" + sid));

        assertVictimGoesOn();
    }

    @Test
    void R01_what_a_stranger_posts_does_not_count() {
        try (RawHttp attacker = RawHttp.connect()) {
            assertRefused(post(attacker, "41/public,"));
        }

        assertVictimGoesOn();
    }

    @Test
    void R02_a_stranger_cannot_take_the_session_to_a_WebSocket() {
        String upgrade = "/secure/?EIO=4&transport=websocket&sid=" + sid;

        assertRefused(RawHttp.fetch(upgrade, RawWebSocket.upgrade()));

        assertVictimGoesOn();
        try (RawWebSocket socket = RawWebSocket.open(upgrade, cookie)) {
            socket.send("2probe");
            assertThat(socket.text()).isEqualTo("3probe");
        }
    }

    @Test
    void a_browser_that_comes_back_keeps_its_cookie() {
        Answer again = RawHttp.fetch(POLLING, cookie);

        assertThat(again.headers()).doesNotContainKey("set-cookie");
        String second =
                POLLING + "&sid=" + EngineClient.json(again.text().substring(1)).getString("sid");
        assertRefused(RawHttp.fetch(second));
        assertVictimGoesOn();
    }

    @Test
    void R01_behind_a_proxy_with_TLS_no_neighbour_can_set_the_cookie() {
        String limited = "/limited/?EIO=4&transport=polling";
        String[] proxy = {
            "X-Forwarded-For: 203.0.113.78", "X-Forwarded-Proto: https", "X-Forwarded-Host: allowed.example"
        };
        Answer first = RawHttp.fetch(limited, proxy);
        assertThat(first.header("set-cookie"))
                .matches(
                        "__Host-portcullis-session-[0-9a-f]+=[A-Za-z0-9_-]{43}; Secure; Path=/; HttpOnly; SameSite=Lax");
        String theirs = "Cookie: " + first.header("set-cookie").replaceFirst(";.*", "");
        String poll =
                limited + "&sid=" + EngineClient.json(first.text().substring(1)).getString("sid");

        try (RawHttp http = RawHttp.connect()) {
            assertThat(http.post(poll, "40/public,".getBytes(StandardCharsets.UTF_8), and(proxy, theirs))
                            .text())
                    .isEqualTo("ok");
            assertRefused(RawHttp.fetch(poll, proxy));
            assertRefused(RawHttp.fetch(poll, and(proxy, theirs.replace("__Host-", ""))));
            assertRefused(RawHttp.fetch(poll, and(proxy, theirs.replaceFirst("=.*", "=" + "A".repeat(43)))));
            assertRefused(RawHttp.fetch(poll, theirs)); // not by TLS: there it has another name

            assertThat(http.get(poll, and(proxy, theirs)).text()).startsWith("40/public,{\"sid\":");
            http.post(poll, "1".getBytes(StandardCharsets.UTF_8), and(proxy, theirs));
        }
    }

    private static String[] and(String[] headers, String one) {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = one;
        return all;
    }
}
