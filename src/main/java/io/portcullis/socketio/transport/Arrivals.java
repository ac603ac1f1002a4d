package io.portcullis.socketio.transport;

import io.portcullis.socketio.security.Identity;
import io.portcullis.socketio.security.OriginClaim;
import io.portcullis.socketio.security.OriginPolicy;
import io.portcullis.socketio.security.Peer;
import io.portcullis.socketio.security.RequestSource;
import io.portcullis.socketio.security.TrustedProxies;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Thread-safe. Looks at where every request to an endpoint comes from. */
final class Arrivals {

    private static final String BEARER = "Bearer ";

    private final OriginPolicy origins;
    private final TrustedProxies proxies;

    Arrivals(OriginPolicy origins, TrustedProxies proxies) {
        this.origins = origins;
        this.proxies = proxies;
    }

    Arrival of(HttpServletRequest request) {
        RequestSource source = source(request, proxies);
        Principal principal = request.getUserPrincipal();
        boolean ambient = principal != null && !isTheirOwn(request);
        OriginClaim claim =
                new OriginClaim(origin(request), request.getHeader("Sec-Fetch-Site"), source.own(), ambient);
        return new Arrival(
                source,
                origins.judge(claim),
                Identity.of(principal),
                () -> origins.judge(claim) == OriginPolicy.Decision.ALLOWED);
    }

    static RequestSource source(HttpServletRequest request, TrustedProxies proxies) {
        Peer peer = new Peer(
                request.getRemoteAddr(), request.getScheme(), request.getServerName(), request.getServerPort());
        return proxies.sourceOf(peer, name -> Collections.list(request.getHeaders(name)));
    }

    /**
     * Whether the client's own code has authenticated the request: with a token, which no browser sends by itself, and without a
     * login session, which may be what the server has believed.
     */
    private static boolean isTheirOwn(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        return authorization != null
                && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && !request.isRequestedSessionIdValid();
    }

    /** Two of them are none that anybody could have listed. */
    private static @Nullable String origin(HttpServletRequest request) {
        String first = request.getHeader("Origin");
        return first == null ? null : String.join(", ", Collections.list(request.getHeaders("Origin")));
    }
}
