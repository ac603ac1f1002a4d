package io.portcullis.socketio.transport;

import io.portcullis.socketio.DisconnectReason;
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
    private final long bodyTimeout;
    private final @Nullable String cookieTail;

    PollingDoor(EngineEndpoint endpoint, Doors doors) {
        this.endpoint = endpoint;
        this.doors = doors;
        this.bodyTimeout = endpoint.config().get(Key.BODY_TIMEOUT).toNanos();
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
    void open(HttpServletRequest request, HttpServletResponse response, Newcomer newcomer) throws IOException {
        PollingTransport transport = new PollingTransport(
                endpoint.config(), newcomer.owner(), doors.registry().context().executor(), doors.quirks());
        Session session = doors.registry().open(endpoint, newcomer.handshake(), transport, created -> {
            transport.attach(created);
            created.stayIf(newcomer.mayStillCome());
            created.whenEnded(newcomer.permit()::close);
        });
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
            HttpServletRequest request, HttpServletResponse response, Session session, PollingTransport transport)
            throws IOException {
        if (!transport.beginPost()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            broken(session, transport);
        } else if (!isText(request.getContentType())) {
            EngineError.BAD_REQUEST.answer(response);
            broken(session, transport);
        } else {
            read(request, response, session, transport);
        }
    }

    private void read(
            HttpServletRequest request, HttpServletResponse response, Session session, PollingTransport transport) {
        RequestBody body = new RequestBody(request.getContentLengthLong(), endpoint.maxPayload());
        try {
            if (body.readIfHere(request)) {
                received(body, null, response, session, transport);
                return;
            }
            BodyReader.read(
                    request,
                    body,
                    doors,
                    bodyTimeout,
                    (read, failure) -> received(read, failure, response, session, transport));
        } catch (IOException e) {
            received(body, e, response, session, transport);
        }
    }

    /** The container would wait for the body of a request that was answered without it, WildFly 39 with the calling thread. */
    void discard(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.flushBuffer();
        BodyReader.read(request, RequestBody.unwanted(), doors, bodyTimeout, (body, failure) -> {});
    }

    private static void received(
            RequestBody body,
            @Nullable IOException failure,
            HttpServletResponse response,
            Session session,
            PollingTransport transport) {
        try {
            if (failure != null) {
                throw failure;
            }
            answer(body, response, session, transport);
        } catch (IOException e) { // "client aborts a POST: session closed"
            LOG.log(System.Logger.Level.DEBUG, "Session closed: its client has not sent what it posted.", e);
            response.setStatus(HttpServletResponse.SC_REQUEST_TIMEOUT);
            response.setHeader("Connection", "close");
            response.setContentLength(0);
            broken(session, transport);
        } finally {
            transport.endPost();
        }
    }

    private static void answer(
            RequestBody body, HttpServletResponse response, Session session, PollingTransport transport)
            throws IOException {
        if (body.isTooLarge()) {
            response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            response.setContentLength(0);
        } else if (transport.isClosed()) {
            EngineError.SESSION_UNKNOWN.answer(response);
        } else {
            handOver(body, session, transport);
            answerOk(response);
        }
    }

    private static void broken(Session session, PollingTransport transport) {
        session.transportEnded(transport, DisconnectReason.TRANSPORT_ERROR, Closing.SESSION_CLOSED);
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
