package io.portcullis.socketio.transport;

import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.config.Key;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Cross-origin headers, as the npm package cors sets them. They let pages read answers; they refuse nothing.
 * Source: Socket.IO, "Handling CORS".
 */
final class Cors {

    private final List<String> origins;
    private final boolean credentials;
    private final String exposedHeaders;
    private final long maxAge;

    Cors(EndpointConfig config) {
        this.origins = config.get(Key.CORS_ORIGINS);
        this.credentials = config.get(Key.CORS_CREDENTIALS);
        this.exposedHeaders = String.join(",", config.get(Key.CORS_EXPOSED_HEADERS));
        this.maxAge = config.get(Key.CORS_MAX_AGE).toSeconds();
    }

    /** Sets the headers of every answer, errors and the 101 included. */
    void apply(HttpServletRequest request, HttpServletResponse response) {
        if (origins.isEmpty()) {
            return;
        }
        String allowed = allowedOrigin(request.getHeader("Origin"));
        if (allowed != null) {
            response.setHeader("Access-Control-Allow-Origin", allowed);
        }
        if (!"*".equals(allowed)) {
            response.addHeader("Vary", "Origin");
        }
        if (credentials) {
            response.setHeader("Access-Control-Allow-Credentials", "true");
        }
        if (!exposedHeaders.isEmpty()) {
            response.setHeader("Access-Control-Expose-Headers", exposedHeaders);
        }
    }

    private @Nullable String allowedOrigin(@Nullable String origin) {
        if (origins.size() == 1) {
            return origins.get(0);
        }
        return origin != null && origins.contains(origin) ? origin : null;
    }

    /** Answers a preflight by itself, before any check. */
    boolean isPreflight(HttpServletRequest request) {
        return !origins.isEmpty() && request.getMethod().equals("OPTIONS");
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
