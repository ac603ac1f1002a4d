package io.portcullis.socketio.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawHttp.Answer;
import io.portcullis.socketio.testing.RawWebSocket;
import io.portcullis.socketio.testing.ServerProcess;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What would be unsafe in production does not start there, and says what to change; and nobody comes without encryption. */
class ProductionIT {

    private static final String WAR = "target/portcullis.war";
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String PAGE = "Origin: https://app.example";
    private static final String CLIENT = "X-Forwarded-For: 203.0.113.9";
    private static final String ENCRYPTED = "X-Forwarded-Proto: https";

    @Test
    void O16_with_the_profile_prod_an_application_without_named_origins_is_not_deployed() {
        Map<String, String> production = Map.of("MP_CONFIG_PROFILE", "prod", "SOCKETIO_ORIGINS_ALLOWED", "*");

        assertThatThrownBy(() -> ServerProcess.launch(WAR, production).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not start")
                .hasMessageContaining("'socketio.origins.allowed' contains '*', which lets every page of the world in")
                .hasMessageContaining("name each origin of your pages, such as https://app.example");
    }

    @Test
    void O16_with_the_profile_prod_nobody_comes_without_TLS() {
        Map<String, String> production = Map.of(
                "MP_CONFIG_PROFILE",
                "prod",
                "SOCKETIO_ORIGINS_ALLOWED",
                "https://app.example",
                "SOCKETIO_TRUSTED_PROXIES",
                "127.0.0.1");
        try (ServerProcess server = ServerProcess.launch(WAR, production);
                RawHttp http = RawHttp.connect(server.uri())) {
            assertForbidden(http.get(POLLING, PAGE));
            assertForbidden(http.get(POLLING, PAGE, CLIENT, "X-Forwarded-Proto: http"));
            assertForbidden(http.get("/socket.io/socket.io.min.js", PAGE));
            assertForbidden(http.get(POLLING.replace("polling", "websocket"), RawWebSocket.upgrade(PAGE)));

            assertThat(http.get(POLLING, PAGE, CLIENT, ENCRYPTED).status()).isEqualTo(200);
            Via.WEBSOCKET
                    .open(server.uri(), "/socket.io/", PAGE, CLIENT, ENCRYPTED)
                    .close();
        }
    }

    private static void assertForbidden(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
    }
}
