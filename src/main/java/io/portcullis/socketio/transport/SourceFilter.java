package io.portcullis.socketio.transport;

import io.portcullis.socketio.security.RequestSource;
import io.portcullis.socketio.security.TrustedProxies;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Thread-safe. Tells the administration, which sees no addresses, where a request comes from. */
final class SourceFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient TrustedProxies proxies;

    SourceFilter(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.setAttribute(RequestSource.PROPERTY, Arrivals.source(request, proxies));
        chain.doFilter(request, response);
    }
}
