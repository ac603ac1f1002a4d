package io.portcullis.socketio.rest;

import io.portcullis.socketio.ratelimit.LimitRegistry;
import io.portcullis.socketio.security.Audit;
import io.portcullis.socketio.security.AuditType;
import io.portcullis.socketio.security.Printable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Thread-safe. The limits that are in force. */
@Path("/")
@Administration
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class LimitsResource {

    @Inject
    LimitRegistry limits;

    @Inject
    Audit audit;

    @Inject
    Caller caller;

    /** For the container. */
    @SuppressWarnings("NullAway.Init") // the container injects
    public LimitsResource() {}

    /**
     * Shows the limits.
     *
     * @return values by name
     */
    @GET
    @Path("limits")
    public JsonObject show() {
        JsonObjectBuilder all = Json.createObjectBuilder();
        limits.all().forEach(all::add);
        return all.build();
    }

    /**
     * Changes limits, all of them or none, until the next start.
     *
     * @param body values by name
     * @return all limits
     */
    @PATCH
    @Path("limits")
    public JsonObject change(InputStream body) {
        Map<String, Integer> changes = new HashMap<>();
        Parameters.object(body).forEach((name, value) -> changes.put(name, number(name, value)));
        try {
            limits.change(changes).forEach(this::record);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, Printable.of(String.valueOf(e.getMessage())));
        }
        return show();
    }

    private static int number(String name, JsonValue value) {
        try {
            if (value instanceof JsonNumber number && number.isIntegral()) {
                return number.intValueExact();
            }
        } catch (ArithmeticException e) { // falls through: it is too large
        }
        throw new Refusal(
                400, "'" + Printable.of(name) + "' must be a whole number from 0 to " + Integer.MAX_VALUE + ".");
    }

    private void record(LimitRegistry.Change change) {
        audit.record(caller.event(AuditType.LIMITS_CHANGED, change.endpoint())
                .withTarget(change.name())
                .withCode(change.before() + " -> " + change.after()));
    }
}
