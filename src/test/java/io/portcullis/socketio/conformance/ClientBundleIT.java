package io.portcullis.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawHttp.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "GET path/socket.io.js" and its kin: the browser's client. */
class ClientBundleIT {

    private static final String NAME = "socket.io.js";

    @ParameterizedTest
    @ValueSource(strings = {"socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js"})
    void scripts_are_served(String name) {
        Answer answer = RawHttp.fetch("/socket.io/" + name);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/javascript;charset=utf-8");
        assertThat(answer.header("cache-control")).isEqualTo("public, max-age=0");
        assertThat(answer.header("etag")).matches("\"\\d+\\.\\d+\\.\\d+\"");
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(answer.text()).contains("Socket.IO v" + answer.header("etag").replace("\"", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js"})
    void maps_are_served(String name) {
        Answer answer = RawHttp.fetch("/socket.io/" + name + ".map");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json;charset=utf-8");
        assertThat(answer.text()).startsWith("{\"version\":3");
    }

    @Test
    void what_a_browser_has_already_is_not_sent_again() {
        String etag = RawHttp.fetch("/socket.io/" + NAME).header("etag");

        for (String known : new String[] {etag, "W/" + etag}) {
            Answer answer = RawHttp.fetch("/socket.io/" + NAME, "If-None-Match: " + known);
            assertThat(answer.status()).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.header("etag")).isEqualTo(etag);
        }
        assertThat(RawHttp.fetch("/socket.io/" + NAME, "If-None-Match: \"0.0.0\"")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"other.js", "socket.io.js/", "version.properties", "../client/socket.io.js", "socket.io.JS"})
    void nothing_else_is_served(String name) {
        assertThat(RawHttp.fetch("/socket.io/" + name).status()).isIn(400, 404);
    }
}
