package io.portcullis.socketio.transport;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Base64;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Thread-safe. Hands a request that the servlet has admitted over to the container's WebSocket, the standard way. */
final class UpgradeDoor {

    private static final System.Logger LOG = System.getLogger(UpgradeDoor.class.getName());
    private static final int KEY_BYTES = 16;
    private static final int LONGEST_NEGOTIATION = 2048;

    private final ServerContainer container;
    private final ServerEndpointConfig config;

    UpgradeDoor(ServerContainer container, ServerEndpointConfig config) {
        this.container = container;
        this.config = config;
    }

    static boolean isUpgrade(HttpServletRequest request) {
        String upgrade = request.getHeader("Upgrade");
        return upgrade != null && upgrade.equalsIgnoreCase("websocket");
    }

    /** What containers do not all check by themselves. Source: RFC 6455, section 4.2.1. */
    static boolean isWellFormed(HttpServletRequest request) {
        String connection = request.getHeader("Connection");
        return request.getMethod().equals("GET")
                && request.getProtocol().equals("HTTP/1.1")
                && connection != null
                && connection.toLowerCase(Locale.ROOT).contains("upgrade")
                && "13".equals(request.getHeader("Sec-WebSocket-Version"))
                && isKey(request.getHeader("Sec-WebSocket-Key"))
                && isBounded(request, "Sec-WebSocket-Extensions")
                && isBounded(request, "Sec-WebSocket-Protocol");
    }

    /** Parsers of these headers have been the aim of attacks; no client sends more than a few hundred characters. */
    private static boolean isBounded(HttpServletRequest request, String name) {
        int length = 0;
        for (String value : Collections.list(request.getHeaders(name))) {
            length += value.length();
        }
        return length <= LONGEST_NEGOTIATION;
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    void upgrade(HttpServletRequest request, HttpServletResponse response, Admission admission) throws IOException {
        // "101" can be sent, and nothing come of it: Payara 6 does so when a frame comes together with the request
        admission.doors().timer().schedule(admission.endpoint().upgradeTimeout(), admission::abandon);
        admission.set();
        try {
            container.upgradeHttpToWebSocket(new Stripped(request), response, config, Map.of());
        } catch (DeploymentException | IOException | RuntimeException e) { // IOException: the client has gone
            LOG.log(System.Logger.Level.DEBUG, "A WebSocket upgrade failed.", e);
        } finally {
            Admission.clear();
        }
        if (!response.isCommitted() && response.getStatus() != HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
            admission.abandon();
            response.reset();
            EngineError.refuseUpgrade(response, EngineError.BAD_REQUEST.message());
        }
    }

    /**
     * Keeps Open Liberty 26.0.0.3 from making an HTTP session, and its cookie, for every upgrade, and from keeping the query, with
     * the session's id, which it would write into a file when the WebSocket fails. Nobody asks it for them.
     */
    private static final class Stripped extends HttpServletRequestWrapper {

        Stripped(HttpServletRequest request) {
            super(request);
        }

        @Override
        @SuppressWarnings("NullAway") // "null if the URL does not have a query string"
        public String getQueryString() {
            return null;
        }

        @Override
        @SuppressWarnings("NullAway") // "null if create is false and the request has no session" is the way out
        public HttpSession getSession(boolean create) {
            return null;
        }

        @Override
        @SuppressWarnings("NullAway")
        public HttpSession getSession() {
            return null;
        }
    }
}
