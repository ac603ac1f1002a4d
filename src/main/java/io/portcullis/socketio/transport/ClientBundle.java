package io.portcullis.socketio.transport;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Immutable. Serves the browser's client, which the build takes from the npm package socket.io-client. */
final class ClientBundle {

    private static final Set<String> FILES = Set.of(
            "socket.io.js",
            "socket.io.js.map",
            "socket.io.min.js",
            "socket.io.min.js.map",
            "socket.io.esm.min.js",
            "socket.io.esm.min.js.map",
            "socket.io.msgpack.min.js",
            "socket.io.msgpack.min.js.map");

    private final String etag;

    ClientBundle() {
        Properties version = new Properties();
        try (InputStream file = ClientBundle.class.getResourceAsStream("client/version.properties")) {
            if (file != null) {
                version.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.etag = "\"" + version.getProperty("version", "unknown") + "\"";
    }

    /** Answers if the request asks for one of the files. */
    boolean serves(@Nullable String pathInfo, HttpServletRequest request) {
        return pathInfo != null
                && request.getMethod().equals("GET")
                && pathInfo.length() > 1
                && FILES.contains(pathInfo.substring(1));
    }

    void answer(String pathInfo, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "public, max-age=0");
        response.setHeader("ETag", etag);
        String known = request.getHeader("If-None-Match");
        if (known != null && (known.equals(etag) || known.equals("W/" + etag))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        try (InputStream file = ClientBundle.class.getResourceAsStream("client" + pathInfo)) {
            if (file == null) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
            boolean map = pathInfo.endsWith(".map");
            response.setContentType((map ? "application/json" : "application/javascript") + "; charset=utf-8");
            file.transferTo(response.getOutputStream());
        }
    }
}
