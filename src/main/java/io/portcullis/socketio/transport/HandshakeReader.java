package io.portcullis.socketio.transport;

import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.security.RequestSource;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Immutable. Makes the {@link Handshake} of a session from its first request. */
final class HandshakeReader {

    private final String endpoint;
    private final Clock clock;

    HandshakeReader(String endpoint, Clock clock) {
        this.endpoint = endpoint;
        this.clock = clock;
    }

    Handshake read(HttpServletRequest request, Map<String, String> query, RequestSource source) {
        String url = request.getRequestURI() + "?" + request.getQueryString();
        return new Handshake(
                endpoint,
                url,
                query,
                headers(request),
                source.address(),
                source.secure(),
                request.getHeader("Origin") != null,
                clock.instant(),
                request.getUserPrincipal(),
                JsonValue.EMPTY_JSON_OBJECT);
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", Collections.list(request.getHeaders(name))));
        }
        return headers;
    }
}
