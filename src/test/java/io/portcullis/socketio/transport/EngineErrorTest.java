package io.portcullis.socketio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineErrorTest {

    private final List<String> calls = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("getOutputStream")) {
                    return new Body();
                }
                calls.add(method.getName() + Arrays.toString(arguments));
                return null;
            });

    private String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "TRANSPORT_UNKNOWN, 400, 0, Transport unknown",
        "SESSION_UNKNOWN, 400, 1, Session ID unknown",
        "BAD_HANDSHAKE_METHOD, 400, 2, Bad handshake method",
        "BAD_REQUEST, 400, 3, Bad request",
        "FORBIDDEN, 403, 4, Forbidden",
        "UNSUPPORTED_PROTOCOL, 400, 5, Unsupported protocol version"
    })
    void answers_with_status_code_and_message(EngineError error, int status, int code, String message)
            throws IOException {
        error.answer(response);

        assertThat(body()).isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
        assertThat(calls)
                .containsExactly(
                        "setStatus[" + status + "]",
                        "setContentType[application/json]",
                        "setContentLength[" + body.size() + "]");
    }

    @Test
    void the_text_of_a_refusal_stays_within_its_string() throws IOException {
        EngineError.FORBIDDEN.answer(response, "no \"\u20ac\" \\ \n\u0000 today");

        assertThat(body()).isEqualTo("{\"code\":4,\"message\":\"no \\\"\u20ac\\\" \\\\  today\"}");
        assertThat(calls).contains("setContentLength[" + body.size() + "]");
    }

    @Test
    void refuses_a_websocket_with_plain_text_that_no_browser_takes_for_html() throws IOException {
        EngineError.refuseUpgrade(response, "<script>a & b");

        assertThat(body()).isEqualTo("&lt;script>a &amp; b");
        assertThat(calls)
                .containsExactly(
                        "setStatus[400]",
                        "setHeader[Connection, close]",
                        "setContentType[text/html]",
                        "setContentLength[" + body.size() + "]");
    }

    private final class Body extends ServletOutputStream {

        @Override
        public void write(int b) {
            body.write(b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
