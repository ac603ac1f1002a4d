package io.portcullis.socketio.transport;

import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.security.RequestSource;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Immutable. Makes the {@link Handshake} of a session from its first request. */
final class HandshakeReader {

    /** Characters of the URL and all headers, which a session keeps: WildFly 39 lets up to a million through. */
    private static final int LONGEST = 32_768;

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

    /** Whether a request is longer than what a session may keep of it. */
    static boolean isTooLong(HttpServletRequest request) {
        long length = request.getRequestURI().length();
        length +=
                request.getQueryString() == null ? 0 : request.getQueryString().length();
        Enumeration<String> names = request.getHeaderNames();
        while (names.hasMoreElements() && length <= LONGEST) {
            String name = names.nextElement();
            for (String value : Collections.list(request.getHeaders(name))) {
                length += name.length() + value.length();
            }
        }
        return length > LONGEST;
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", Collections.list(request.getHeaders(name))));
        }
        return headers;
    }
}
