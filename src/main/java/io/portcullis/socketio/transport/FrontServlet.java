package io.portcullis.socketio.transport;

import io.portcullis.socketio.ConnectRefusedException;
import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.config.Key;
import io.portcullis.socketio.config.TransportName;
import io.portcullis.socketio.engine.EngineEndpoint;
import io.portcullis.socketio.engine.Session;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. The one door of an endpoint: every request comes here, polls and upgrades, with and without a session id,
 * and is judged before anything is done for it. The checks and their order are those of protocol.
 *
 * <p>Source: Engine.IO protocol 4; the order of the checks is that of engine.io's {@code Server.verify}.
 */
final class FrontServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String PROTOCOL = "4";
    private static final int LONGEST_ORIGIN = 2048;

    private final transient EngineEndpoint endpoint;
    private final transient Doors doors;
    private final transient Cors cors;
    private final transient HandshakeReader handshakes;
    private final transient PollingDoor polling;
    private final transient UpgradeDoor upgrades;
    private final transient ClientBundle bundle = new ClientBundle();
    private final boolean servesClient;
    private final long reconnectWithin;
    private final String pathInfo;

    FrontServlet(EngineEndpoint endpoint, Doors doors, UpgradeDoor upgrades) {
        this.endpoint = endpoint;
        this.doors = doors;
        this.cors = new Cors(endpoint.config());
        this.handshakes = new HandshakeReader(endpoint.config().name(), Clock.systemUTC());
        this.polling = new PollingDoor(endpoint, doors);
        this.upgrades = upgrades;
        this.servesClient = endpoint.config().get(Key.SERVE_CLIENT);
        this.reconnectWithin =
                Math.max(1, endpoint.config().get(Key.DRAIN_RECONNECT_WITHIN).toSeconds());
        this.pathInfo = endpoint.config().get(Key.ADD_TRAILING_SLASH) ? "/" : "";
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        cors.apply(request, response);
        String rest = request.getPathInfo() == null ? "" : request.getPathInfo();
        if (cors.isPreflight(request)) {
            cors.preflight(request, response);
        } else if (rest.equals(pathInfo)) {
            judge(request, response);
        } else if (servesClient && bundle.serves(rest, request)) {
            bundle.answer(rest, request, response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private void judge(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, String> query = Query.parse(request.getQueryString());
        boolean upgrade = UpgradeDoor.isUpgrade(request);
        String sid = query.get("sid");
        Session session = sid == null ? null : doors.registry().find(endpoint, sid);
        EngineError error =
                sid == null ? checkHandshake(request, query, upgrade) : checkSession(request, query, session, upgrade);
        if (error != null) {
            refuse(response, upgrade, error, error.message());
        } else if (session == null && doors.registry().isDraining()) {
            EngineError.unavailable(response, 1 + ThreadLocalRandom.current().nextLong(reconnectWithin));
        } else if (session == null) {
            handshake(request, response, query, upgrade);
        } else if (upgrade) {
            upgrades.upgrade(request, response, new Admission(doors, endpoint, session.handshake(), session));
        } else {
            polling.serve(request, response, session);
        }
    }

    private static void refuse(HttpServletResponse response, boolean upgrade, EngineError error, String message)
            throws IOException {
        if (upgrade) {
            EngineError.refuseUpgrade(response, message);
        } else {
            error.answer(response, message);
        }
    }

    private @Nullable EngineError checkAll(HttpServletRequest request, Map<String, String> query, boolean upgrade) {
        Optional<TransportName> transport =
                TransportName.of(query.getOrDefault("transport", "")).filter(endpoint.transports()::contains);
        if (transport.isEmpty()) {
            return EngineError.TRANSPORT_UNKNOWN;
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !isHeaderText(origin)) {
            return EngineError.BAD_REQUEST;
        }
        boolean webSocket = transport.get() == TransportName.WEBSOCKET;
        boolean malformed = upgrade && !(webSocket && UpgradeDoor.isWellFormed(request));
        return malformed ? EngineError.BAD_REQUEST : null;
    }

    private @Nullable EngineError checkSession(
            HttpServletRequest request, Map<String, String> query, @Nullable Session session, boolean upgrade) {
        EngineError error = checkAll(request, query, upgrade);
        if (error != null) {
            return error;
        }
        if (session == null) {
            return EngineError.SESSION_UNKNOWN;
        }
        boolean fits =
                upgrade ? session.mayUpgrade() : session.transport().name().equals(query.get("transport"));
        return fits && PROTOCOL.equals(query.get("EIO")) ? null : EngineError.BAD_REQUEST;
    }

    private @Nullable EngineError checkHandshake(
            HttpServletRequest request, Map<String, String> query, boolean upgrade) {
        EngineError error = checkAll(request, query, upgrade);
        if (error != null) {
            return error;
        }
        if (!request.getMethod().equals("GET")) {
            return EngineError.BAD_HANDSHAKE_METHOD;
        }
        boolean webSocket = TransportName.WEBSOCKET.text().equals(query.get("transport"));
        return webSocket && !upgrade ? EngineError.BAD_REQUEST : null;
    }

    private void handshake(
            HttpServletRequest request, HttpServletResponse response, Map<String, String> query, boolean upgrade)
            throws IOException {
        Handshake handshake = handshakes.read(request, query);
        try {
            endpoint.listener().check(handshake);
        } catch (ConnectRefusedException e) {
            String message = e.getMessage();
            refuse(response, upgrade, EngineError.FORBIDDEN, message == null ? "Forbidden" : message);
            return;
        }
        if (!PROTOCOL.equals(query.get("EIO"))) {
            refuse(response, upgrade, EngineError.UNSUPPORTED_PROTOCOL, EngineError.UNSUPPORTED_PROTOCOL.message());
        } else if (upgrade) {
            upgrades.upgrade(request, response, new Admission(doors, endpoint, handshake, null));
        } else {
            polling.open(request, response, handshake);
        }
    }

    private static boolean isHeaderText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\t' && (c < ' ' || c == 0x7f || c > 0xff)) {
                return false;
            }
        }
        return text.length() <= LONGEST_ORIGIN;
    }
}
