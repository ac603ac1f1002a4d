package io.portcullis.socketio.transport;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.config.Key;
import io.portcullis.socketio.engine.EngineEndpoint;
import io.portcullis.socketio.engine.PacketFormatException;
import io.portcullis.socketio.engine.Payload;
import io.portcullis.socketio.engine.Session;
import io.portcullis.socketio.engine.Transport.Closing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Thread-safe. Serves the polls and posts of sessions on long-polling. Source: Engine.IO protocol 4, "HTTP long-polling". */
final class PollingDoor {

    private static final System.Logger LOG = System.getLogger(PollingDoor.class.getName());
    private static final byte[] OK = "ok".getBytes(StandardCharsets.US_ASCII);

    private final EngineEndpoint endpoint;
    private final Doors doors;
    private final @Nullable String cookieTail;

    PollingDoor(EngineEndpoint endpoint, Doors doors) {
        this.endpoint = endpoint;
        this.doors = doors;
        this.cookieTail = cookieTail(endpoint.config());
    }

    private static @Nullable String cookieTail(EndpointConfig config) {
        if (config.get(Key.COOKIE_NAME).isEmpty()) {
            return null;
        }
        return "; Path=" + config.get(Key.COOKIE_PATH)
                + (config.get(Key.COOKIE_HTTP_ONLY) ? "; HttpOnly" : "")
                + (config.get(Key.COOKIE_SECURE) ? "; Secure" : "")
                + "; SameSite=" + config.get(Key.COOKIE_SAME_SITE);
    }

    /** Opens a session: its first poll is this request. */
    void open(HttpServletRequest request, HttpServletResponse response, Handshake handshake) throws IOException {
        PollingTransport transport = new PollingTransport(
                endpoint.config(), doors.registry().context().executor(), doors.quirks());
        Session session = doors.registry().open(endpoint, handshake, transport, transport::attach);
        if (cookieTail != null) {
            response.addHeader("Set-Cookie", endpoint.config().get(Key.COOKIE_NAME) + "=" + session.id() + cookieTail);
        }
        get(request, response, session, transport);
    }

    void serve(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        if (!(session.transport() instanceof PollingTransport transport)) {
            EngineError.BAD_REQUEST.answer(response);
            return;
        }
        switch (request.getMethod()) {
            case "GET" -> get(request, response, session, transport);
            case "POST" -> post(request, response, session, transport);
            default -> EngineError.BAD_REQUEST.answer(response);
        }
    }

    private static void get(
            HttpServletRequest request, HttpServletResponse response, Session session, PollingTransport transport)
            throws IOException {
        Poll poll = new Poll(request, response);
        if (transport.arrive(poll)) {
            session.pollArrived();
            transport.answerIfClosed();
            poll.parkOrAnswer();
        } else {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            session.transportEnded(transport, DisconnectReason.TRANSPORT_ERROR, Closing.SESSION_CLOSED);
        }
    }

    private void post(
            HttpServletRequest request, HttpServletResponse response, Session session, PollingTransport transport) {
        if (!transport.beginPost()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            session.transportEnded(transport, DisconnectReason.TRANSPORT_ERROR, Closing.SESSION_CLOSED);
            return;
        }
        try {
            receive(request, response, session, transport);
        } catch (IOException e) { // "client aborts a POST: session closed"
            LOG.log(System.Logger.Level.DEBUG, "Session closed: its client has gone while it posted.", e);
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            session.transportEnded(transport, DisconnectReason.TRANSPORT_ERROR, Closing.SESSION_CLOSED);
        } finally {
            transport.endPost();
        }
    }

    private void receive(
            HttpServletRequest request, HttpServletResponse response, Session session, PollingTransport transport)
            throws IOException {
        if (!isText(request.getContentType())) {
            EngineError.BAD_REQUEST.answer(response);
            session.transportEnded(transport, DisconnectReason.TRANSPORT_ERROR, Closing.SESSION_CLOSED);
            return;
        }
        RequestBody body = RequestBody.read(request, endpoint.maxPayload());
        if (body.isTooLarge()) {
            response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        } else if (transport.isClosed()) {
            EngineError.SESSION_UNKNOWN.answer(response);
        } else {
            handOver(body, session, transport);
            answerOk(response);
        }
    }

    /** Text is what it is; two types say that it is something else. */
    private static boolean isText(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        return !type.startsWith("application/octet-stream") && !type.startsWith("multipart/");
    }

    private static void handOver(RequestBody body, Session session, PollingTransport transport) {
        try {
            Payload.decode(body.bytes(), body.length(), session::receive);
        } catch (PacketFormatException e) {
            LOG.log(System.Logger.Level.DEBUG, "Session closed: {0}.", e.getMessage());
            session.transportEnded(transport, DisconnectReason.PARSE_ERROR, Closing.SESSION_CLOSED);
        }
    }

    private static void answerOk(HttpServletResponse response) throws IOException {
        response.setContentType("text/html");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(OK.length);
        response.getOutputStream().write(OK);
    }
}
