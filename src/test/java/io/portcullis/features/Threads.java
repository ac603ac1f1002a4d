package io.portcullis.features;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Thread-safe. An application's own servlet, which tells the names of the threads that it was called with. */
@WebServlet("/threads")
public class Threads extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Set<String> NAMES = ConcurrentHashMap.newKeySet();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        NAMES.add(Thread.currentThread().getName());
        response.setContentType("text/plain");
        response.getWriter().print(NAMES);
    }
}
