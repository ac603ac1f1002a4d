package io.portcullis.socketio.transport;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Immutable. Engine.IO's error answers. Source: engine.io, "Server.errors". */
enum EngineError {
    TRANSPORT_UNKNOWN("Transport unknown"),
    SESSION_UNKNOWN("Session ID unknown"),
    BAD_HANDSHAKE_METHOD("Bad handshake method"),
    BAD_REQUEST("Bad request"),
    FORBIDDEN("Forbidden"),
    UNSUPPORTED_PROTOCOL("Unsupported protocol version");

    /** RFC 6585, section 4; the Servlet API has no name for it. */
    private static final int TOO_MANY_REQUESTS = 429;

    private final String message;

    EngineError(String message) {
        this.message = message;
    }

    String message() {
        return message;
    }

    /** Answers a plain request: status 400, or 403 if forbidden, and a JSON object. */
    void answer(HttpServletResponse response, String text) throws IOException {
        response.setStatus(this == FORBIDDEN ? HttpServletResponse.SC_FORBIDDEN : HttpServletResponse.SC_BAD_REQUEST);
        body(response, "application/json", json(this, text));
    }

    void answer(HttpServletResponse response) throws IOException {
        answer(response, message);
    }

    /** Answers a request for a WebSocket, before the 101: status 400 and the message as plain text. */
    static void refuseUpgrade(HttpServletResponse response, String text) throws IOException {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        response.setHeader("Connection", "close");
        body(response, "text/html", text.replace("&", "&amp;").replace("<", "&lt;"));
    }

    /** Answers a request for a new session while the server is being emptied: status 503 and when to come back. */
    static void unavailable(HttpServletResponse response, long retryAfterSeconds) throws IOException {
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        later(response, retryAfterSeconds, "Server is draining");
    }

    /** Answers a request whose credentials the application server has refused, and which reached the application all the same. */
    static void unauthorized(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        body(response, "application/json", json(FORBIDDEN, "Unauthorized"));
    }

    /** Answers a request for a new session, of either kind, that is above a limit: status 429 and when to come back. */
    static void tooMany(HttpServletResponse response, long retryAfterSeconds, String text) throws IOException {
        response.setStatus(TOO_MANY_REQUESTS);
        later(response, retryAfterSeconds, text);
    }

    private static void later(HttpServletResponse response, long retryAfterSeconds, String text) throws IOException {
        response.setHeader("Retry-After", String.valueOf(retryAfterSeconds));
        body(response, "application/json", json(FORBIDDEN, text));
    }

    private static String json(EngineError error, String text) {
        return "{\"code\":" + error.ordinal() + ",\"message\":" + quoted(text) + "}";
    }

    private static void body(HttpServletResponse response, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c >= ' ') {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
