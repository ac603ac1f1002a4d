package io.portcullis.features;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Thread-safe. An application's own filter, which uses a bean of the request before and after a post was handled. */
@WebFilter(urlPatterns = "/socket.io/*", asyncSupported = true)
public class ScopeFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final AtomicInteger LOST = new AtomicInteger();

    /** Confined to its request. */
    @RequestScoped
    public static class Steps {

        private int steps;

        public int next() {
            return ++steps;
        }
    }

    @Inject
    transient Steps steps;

    static int lost() {
        return LOST.get();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getMethod().equals("POST")) {
            steps.next();
            chain.doFilter(request, response);
            LOST.addAndGet(isLost() ? 1 : 0);
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean isLost() {
        try {
            return steps.next() != 2;
        } catch (ContextNotActiveException e) {
            return true;
        }
    }
}
