package io.portcullis.socketio.rest;

import io.portcullis.socketio.store.StoreException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/**
 * Thread-safe. Says what went wrong in a sentence, and nothing of the inside. No provider by annotation: it is not for the
 * user's applications.
 */
public class RefusalMapper implements ExceptionMapper<Throwable> {

    private static final System.Logger LOG = System.getLogger(RefusalMapper.class.getName());

    /** For the container. */
    public RefusalMapper() {}

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof Refusal refusal) {
            return refusal.response();
        }
        if (thrown instanceof WebApplicationException standard) {
            return standard(standard.getResponse());
        }
        if (thrown instanceof StoreException) {
            LOG.log(System.Logger.Level.DEBUG, "The administration could not reach the store.", thrown);
            return new Refusal(503, "The database does not answer; try again.").response();
        }
        LOG.log(System.Logger.Level.ERROR, "The administration failed.", thrown);
        return new Refusal(500, "Something went wrong; the server's log has it.").response();
    }

    /** What the server itself refuses, with words of its own. */
    private static Response standard(Response theirs) {
        int status = theirs.getStatus();
        if (status < 400) {
            return theirs;
        }
        Response ours = new Refusal(status, sentence(status)).response();
        Object allowed = theirs.getHeaders().getFirst(HttpHeaders.ALLOW);
        return allowed == null
                ? ours
                : Response.fromResponse(ours).header(HttpHeaders.ALLOW, allowed).build();
    }

    private static String sentence(int status) {
        return switch (status) {
            case 404 -> "There is nothing here.";
            case 405 -> "This cannot be done here; the header Allow says what can.";
            case 406 -> "The answer is JSON: accept application/json.";
            default -> "The request cannot be served.";
        };
    }
}
