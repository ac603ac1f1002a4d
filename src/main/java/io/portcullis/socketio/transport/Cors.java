package io.portcullis.socketio.transport;

import io.portcullis.socketio.config.ConfigurationException;
import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.config.Key;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Cross-origin headers, which let pages read answers. By themselves they refuse nothing: who comes here was let in.
 * Unless the configuration names others, the pages that are let in may read, too; otherwise the headers are those of the npm
 * package cors. Source: Fetch, "CORS protocol"; Socket.IO, "Handling CORS".
 */
final class Cors {

    private static final String WHO_MAY_COME = "allowed";

    private final List<String> origins;
    private final boolean follows;
    private final boolean credentials;
    private final String exposedHeaders;
    private final long maxAge;

    Cors(EndpointConfig config) {
        List<String> named = config.get(Key.CORS_ORIGINS);
        this.follows = named.equals(List.of(WHO_MAY_COME));
        this.origins = follows || named.equals(List.of("none")) ? List.of() : named;
        this.credentials = config.get(Key.CORS_CREDENTIALS);
        if (credentials && origins.contains("*")) {
            throw new ConfigurationException("'" + config.settingName(Key.CORS_ORIGINS) + "' is '*' and '"
                    + config.settingName(Key.CORS_CREDENTIALS)
                    + "' is true, which browsers refuse; name the origins, or write 'allowed'.");
        }
        if (credentials && follows && config.get(Key.ORIGINS_ALLOWED).contains("*")) {
            throw new ConfigurationException("'" + config.settingName(Key.ORIGINS_ALLOWED) + "' is '*' and '"
                    + config.settingName(Key.CORS_CREDENTIALS)
                    + "' is true: every page could read what a user's cookies show; name the origins.");
        }
        this.exposedHeaders = String.join(",", config.get(Key.CORS_EXPOSED_HEADERS));
        this.maxAge = config.get(Key.CORS_MAX_AGE).toSeconds();
    }

    /** Sets the headers of every answer to who was let in, errors and the 101 included. */
    void apply(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader("Origin");
        if (follows) {
            response.addHeader("Vary", "Origin");
        }
        if (follows ? origin == null : origins.isEmpty()) {
            return;
        }
        String reader = follows ? origin : named(origin);
        if (reader != null) {
            response.setHeader("Access-Control-Allow-Origin", reader);
        }
        if (!follows && !"*".equals(reader)) {
            response.addHeader("Vary", "Origin");
        }
        if (credentials) {
            response.setHeader("Access-Control-Allow-Credentials", "true");
        }
        if (!exposedHeaders.isEmpty()) {
            response.setHeader("Access-Control-Expose-Headers", exposedHeaders);
        }
    }

    private @Nullable String named(@Nullable String origin) {
        if (origins.size() == 1) {
            return origins.get(0);
        }
        return origin != null && origins.contains(origin) ? origin : null;
    }

    /** Whether it is a browser that asks what a page may send; answered before any check but that of the page. */
    boolean isPreflight(HttpServletRequest request) {
        boolean asks = follows ? request.getHeader("Origin") != null : !origins.isEmpty();
        return asks && request.getMethod().equals("OPTIONS");
    }

    void preflight(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        response.setContentLength(0);
        response.setHeader("Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE");
        response.addHeader("Vary", "Access-Control-Request-Headers");
        String headers = request.getHeader("Access-Control-Request-Headers");
        if (headers != null) {
            response.setHeader("Access-Control-Allow-Headers", headers);
        }
        if (maxAge > 0) {
            response.setHeader("Access-Control-Max-Age", String.valueOf(maxAge));
        }
    }
}
