package io.portcullis.socketio.transport;

import io.portcullis.socketio.ConnectRefusedException;
import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.RateLimitExceededException;
import io.portcullis.socketio.config.Key;
import io.portcullis.socketio.config.SessionOwner;
import io.portcullis.socketio.config.TransportName;
import io.portcullis.socketio.engine.EngineEndpoint;
import io.portcullis.socketio.engine.Session;
import io.portcullis.socketio.ratelimit.Permit;
import io.portcullis.socketio.security.AuditEvent;
import io.portcullis.socketio.security.AuditType;
import io.portcullis.socketio.security.OriginPolicy.Decision;
import io.portcullis.socketio.security.Printable;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. The one door of an endpoint: every request comes here, polls and upgrades, with and without a session id,
 * and is judged before anything is done for it. The checks and their order are those of the protocol.
 *
 * <p>Source: Engine.IO protocol 4; the order of the checks is that of engine.io's {@code Server.verify}.
 */
final class FrontServlet extends HttpServlet {

    private static final System.Logger LOG = System.getLogger(FrontServlet.class.getName());
    private static final long serialVersionUID = 1L;
    private static final String PROTOCOL = "4";

    /** A leftover of older protocols: an answer that is a script, which any page may run. */
    private static final String JSONP = "j";

    private final transient EngineEndpoint endpoint;
    private final transient Doors doors;
    private final transient Gate gate;
    private final transient Cors cors;
    private final transient HandshakeReader handshakes;
    private final transient PollingDoor polling;
    private final transient UpgradeDoor upgrades;
    private final AtomicBoolean hintedOfOrigin = new AtomicBoolean();
    private final AtomicBoolean hintedOfTls = new AtomicBoolean();
    private final transient ClientBundle bundle = new ClientBundle();
    private final boolean servesClient;
    private final long reconnectWithin;
    private final String pathInfo;

    FrontServlet(EngineEndpoint endpoint, Entrance entrance) {
        this.endpoint = endpoint;
        this.doors = entrance.doors();
        this.gate = entrance.gate();
        this.cors = new Cors(endpoint.config());
        this.handshakes = new HandshakeReader(endpoint.config().name(), Clock.systemUTC());
        this.polling = new PollingDoor(endpoint, doors);
        this.upgrades = entrance.upgrades();
        this.servesClient = endpoint.config().get(Key.SERVE_CLIENT);
        this.reconnectWithin =
                Math.max(1, endpoint.config().get(Key.DRAIN_RECONNECT_WITHIN).toSeconds());
        this.pathInfo = endpoint.config().get(Key.ADD_TRAILING_SLASH) ? "/" : "";
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        if (RequestBody.isChunked(request)) {
            response.setHeader("Connection", "close");
        }
        try {
            boolean missing = RequestBody.isMissing(request);
            answer(request, response);
            if (missing && !request.isAsyncStarted()) {
                polling.discard(request, response);
            }
        } catch (IOException e) { // some containers would make a stack trace of it in their log
            LOG.log(System.Logger.Level.DEBUG, "A client has gone before it had its answer.", e);
            if (!response.isCommitted()) {
                response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            }
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.getStatus()
                == HttpServletResponse.SC_UNAUTHORIZED) { // Open Liberty calls the servlet none the less
            EngineError.unauthorized(response);
            return;
        }
        Arrival arrival = gate.arrivals().of(request);
        if (gate.requiresTls() && !arrival.source().secure()) {
            refuseUnencrypted(response, arrival);
            return;
        }
        if (arrival.origin() == Decision.REFUSED) {
            refuseOrigin(request, response, arrival);
            return;
        }
        if (arrival.origin() == Decision.ALLOWED) {
            cors.apply(request, response);
        } else {
            gate.audit().record(event(AuditType.ORIGIN_REFUSED, arrival).withTarget("malformed"));
        }
        route(request, response, arrival);
    }

    private void route(HttpServletRequest request, HttpServletResponse response, Arrival arrival) throws IOException {
        String rest = request.getPathInfo() == null ? "" : request.getPathInfo();
        if (arrival.origin() == Decision.MALFORMED && !rest.equals(pathInfo)) {
            EngineError.BAD_REQUEST.answer(response);
        } else if (cors.isPreflight(request)) {
            cors.preflight(request, response);
        } else if (rest.equals(pathInfo)) {
            judge(request, response, arrival);
        } else if (servesClient && bundle.serves(rest, request)) {
            bundle.answer(rest, request, response);
        } else {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            response.setContentLength(0);
        }
    }

    private void refuseOrigin(HttpServletRequest request, HttpServletResponse response, Arrival arrival)
            throws IOException {
        String origin = request.getHeader("Origin");
        gate.audit().record(event(AuditType.ORIGIN_REFUSED, arrival).withTarget(origin == null ? "absent" : origin));
        String own = arrival.source().own().toString();
        boolean isOwn = origin == null ? "same-origin".equals(request.getHeader("Sec-Fetch-Site")) : own.equals(origin);
        if (isOwn && hintedOfOrigin.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Refused {0}, which by the request''s host is this server itself: if it is, add it to {1}.",
                    Printable.of(own),
                    endpoint.config().settingName(Key.ORIGINS_ALLOWED));
        }
        response.addHeader("Vary", "Origin");
        EngineError.FORBIDDEN.answer(response);
    }

    private void refuseUnencrypted(HttpServletResponse response, Arrival arrival) throws IOException {
        gate.audit().record(event(AuditType.ACCESS_DENIED, arrival).withCode("tls"));
        if (hintedOfTls.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Refused a request that was not encrypted. If a proxy in front of this server ends TLS, name it in {0};"
                            + " to serve without TLS, set {1} to optional.",
                    endpoint.config().settingName(Key.TRUSTED_PROXIES),
                    endpoint.config().settingName(Key.TLS));
        }
        EngineError.FORBIDDEN.answer(response);
    }

    private AuditEvent event(AuditType type, Arrival arrival) {
        return AuditEvent.of(type)
                .at(endpoint.config().name(), arrival.source().address())
                .by(arrival.login());
    }

    private void judge(HttpServletRequest request, HttpServletResponse response, Arrival arrival) throws IOException {
        Map<String, String> query = Query.parse(request.getQueryString());
        boolean upgrade = UpgradeDoor.isUpgrade(request);
        String sid = query.get("sid");
        Session session = sid == null ? null : doors.registry().find(endpoint, sid);
        EngineError error = checkAll(request, query, upgrade, arrival);
        if (error == null) {
            error = sid == null ? checkHandshake(request, query, upgrade) : checkSession(query, session, upgrade);
        }
        if (error != null) {
            refuse(response, upgrade, error, error.message());
        } else if (session == null && doors.registry().isDraining()) {
            EngineError.unavailable(response, 1 + ThreadLocalRandom.current().nextLong(reconnectWithin));
        } else if (session == null) {
            handshake(request, response, query, arrival);
        } else if (!isOwner(request, session, arrival)) {
            gate.audit().record(event(AuditType.ACCESS_DENIED, arrival).withCode("session_owner"));
            EngineError.FORBIDDEN.answer(response);
        } else if (upgrade) {
            upgrades.upgrade(request, response, Admission.of(doors, session, arrival.mayStillCome()));
        } else {
            polling.serve(request, response, session);
        }
    }

    private boolean isOwner(HttpServletRequest request, Session session, Arrival arrival) {
        return !(session.transport() instanceof PollingTransport transport)
                || transport
                        .owner()
                        .mayUse(
                                arrival.user(),
                                gate.cookie().read(request, arrival.source().secure()));
    }

    private static void refuse(HttpServletResponse response, boolean upgrade, EngineError error, String message)
            throws IOException {
        if (upgrade) {
            EngineError.refuseUpgrade(response, message);
        } else {
            error.answer(response, message);
        }
    }

    private @Nullable EngineError checkAll(
            HttpServletRequest request, Map<String, String> query, boolean upgrade, Arrival arrival) {
        Optional<TransportName> transport =
                TransportName.of(query.getOrDefault("transport", "")).filter(endpoint.transports()::contains);
        if (transport.isEmpty()) {
            return EngineError.TRANSPORT_UNKNOWN;
        }
        if (arrival.origin() == Decision.MALFORMED || query.containsKey(JSONP)) {
            return EngineError.BAD_REQUEST;
        }
        boolean webSocket = transport.get() == TransportName.WEBSOCKET;
        boolean malformed = upgrade && !(webSocket && UpgradeDoor.isWellFormed(request));
        boolean unasked =
                RequestBody.isAnnounced(request) && !request.getMethod().equals("POST");
        return malformed || unasked ? EngineError.BAD_REQUEST : null;
    }

    private static @Nullable EngineError checkSession(
            Map<String, String> query, @Nullable Session session, boolean upgrade) {
        if (session == null) {
            return EngineError.SESSION_UNKNOWN;
        }
        boolean fits =
                upgrade ? session.mayUpgrade() : session.transport().name().equals(query.get("transport"));
        return fits && PROTOCOL.equals(query.get("EIO")) ? null : EngineError.BAD_REQUEST;
    }

    private static @Nullable EngineError checkHandshake(
            HttpServletRequest request, Map<String, String> query, boolean upgrade) {
        if (!request.getMethod().equals("GET")) {
            return EngineError.BAD_HANDSHAKE_METHOD;
        }
        boolean webSocket = TransportName.WEBSOCKET.text().equals(query.get("transport"));
        boolean malformed = (webSocket && !upgrade) || HandshakeReader.isTooLong(request);
        return malformed ? EngineError.BAD_REQUEST : null;
    }

    private void handshake(
            HttpServletRequest request, HttpServletResponse response, Map<String, String> query, Arrival arrival)
            throws IOException {
        boolean upgrade = UpgradeDoor.isUpgrade(request);
        Handshake handshake = handshakes.read(request, query, arrival.source());
        try {
            gate.limits().countHandshake(arrival.source().group());
            endpoint.listener().check(handshake);
            if (PROTOCOL.equals(query.get("EIO"))) {
                open(request, response, handshake, arrival);
            } else {
                refuse(response, upgrade, EngineError.UNSUPPORTED_PROTOCOL, EngineError.UNSUPPORTED_PROTOCOL.message());
            }
        } catch (ConnectRefusedException e) {
            gate.audit().record(event(AuditType.ACCESS_DENIED, arrival).withCode("handshake"));
            String message = e.getMessage();
            refuse(response, upgrade, EngineError.FORBIDDEN, message == null ? "Forbidden" : message);
        } catch (RateLimitExceededException e) {
            gate.audit().record(event(AuditType.CONNECTION_LIMITED, arrival).withCode(e.limit()));
            String message = e.getMessage();
            long seconds = Math.max(1, (e.retryAfter().toMillis() + 999) / 1000);
            EngineError.tooMany(response, seconds, message == null ? "Too many" : message);
        }
    }

    private void open(HttpServletRequest request, HttpServletResponse response, Handshake handshake, Arrival arrival)
            throws IOException {
        Permit permit = gate.limits().admit(arrival.source().group(), arrival.user());
        try {
            if (UpgradeDoor.isUpgrade(request)) {
                upgrades.upgrade(
                        request, response, Admission.of(doors, endpoint, handshake, permit, arrival.mayStillCome()));
            } else {
                Owner owner = owner(request, response, arrival);
                polling.open(request, response, new Newcomer(handshake, owner, permit, arrival.mayStillCome()));
            }
        } catch (RuntimeException e) {
            permit.close();
            throw e;
        }
    }

    private Owner owner(HttpServletRequest request, HttpServletResponse response, Arrival arrival) {
        SessionOwner policy = endpoint.config().get(Key.SESSION_OWNER);
        if (policy == SessionOwner.OFF) {
            return new Owner(policy, null, null, null);
        }
        boolean secure = arrival.source().secure();
        String brought = gate.cookie().read(request, secure);
        String issued = brought == null ? gate.cookie().issue(request, response, secure) : null;
        return new Owner(policy, arrival.user(), brought, issued);
    }
}
