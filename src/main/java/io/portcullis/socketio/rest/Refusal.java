package io.portcullis.socketio.rest;

import jakarta.json.Json;
import jakarta.ws.rs.core.Response;

/** Thrown when a request is refused: the status, and a sentence for whoever made it. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String RETRY_SECONDS = "5";

    private final int status;

    Refusal(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    /** Source: RFC 9457, section 3. */
    Response response() {
        Response.StatusType known = Response.Status.fromStatusCode(status);
        String body = Json.createObjectBuilder()
                .add("type", "about:blank")
                .add("title", known == null ? "Refused" : known.getReasonPhrase())
                .add("status", status)
                .add("detail", String.valueOf(getMessage()))
                .build()
                .toString();
        Response.ResponseBuilder response = Response.status(status)
                .type("application/problem+json")
                .header("Cache-Control", "no-store")
                .entity(body);
        if (status == 401) {
            response.header("WWW-Authenticate", "Bearer"); // RFC 9110, section 15.5.2: it must say how
        } else if (status == 503) {
            response.header("Retry-After", RETRY_SECONDS);
        }
        return response.build();
    }
}
