package io.portcullis.socketio;

import jakarta.json.JsonObject;
import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. What was known about a client when it connected.
 *
 * @param endpoint the endpoint's name in the configuration, {@code default} for the plain keys
 * @param url path and query of the first request
 * @param query the decoded query parameters of the first request, at most 100; equal names joined by a comma
 * @param headers the headers of the first request, names in lower case; equal ones joined by a comma and a space
 * @param address the client's address
 * @param secure whether it came by TLS
 * @param crossDomain whether it had an Origin header
 * @param issued when it came
 * @param principal whom the application server authenticated it as; null for nobody
 * @param auth the payload of the CONNECT packet; empty if there was none
 */
public record Handshake(
        String endpoint,
        String url,
        Map<String, String> query,
        Map<String, String> headers,
        String address,
        boolean secure,
        boolean crossDomain,
        Instant issued,
        @Nullable Principal principal,
        JsonObject auth) {

    /**
     * Copies the maps.
     *
     * @param endpoint the endpoint's name in the configuration, {@code default} for the plain keys
     * @param url path and query of the first request
     * @param query the decoded query parameters of the first request, at most 100; equal names joined by a comma
     * @param headers the headers of the first request, names in lower case; equal ones joined by a comma and a space
     * @param address the client's address
     * @param secure whether it came by TLS
     * @param crossDomain whether it had an Origin header
     * @param issued when it came
     * @param principal whom the application server authenticated it as; null for nobody
     * @param auth the payload of the CONNECT packet; empty if there was none
     */
    public Handshake {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /**
     * Without what may be secret: headers and query parameters by name alone.
     *
     * @return for logs
     */
    @Override
    public String toString() {
        return "Handshake[endpoint=" + endpoint + ", address=" + address + ", secure=" + secure + ", issued=" + issued
                + ", query=" + new TreeSet<>(query.keySet()) + ", headers=" + new TreeSet<>(headers.keySet()) + "]";
    }

    /**
     * The same handshake with the payload of a CONNECT packet.
     *
     * @param payload the payload
     * @return a copy
     */
    public Handshake withAuth(JsonObject payload) {
        return new Handshake(endpoint, url, query, headers, address, secure, crossDomain, issued, principal, payload);
    }
}
