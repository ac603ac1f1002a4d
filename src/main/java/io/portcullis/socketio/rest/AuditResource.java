package io.portcullis.socketio.rest;

import io.portcullis.socketio.security.AuditType;
import io.portcullis.socketio.security.Printable;
import io.portcullis.socketio.store.AuditLog;
import io.portcullis.socketio.store.SecurityEvent;
import io.portcullis.socketio.store.Verification;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.stream.JsonCollectors;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Thread-safe. What happened, and whether the record of it is as it was written. */
@Path("/")
@Administration
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private static final int USUAL = 100;
    private static final int MOST = 10_000;

    @Inject
    AuditLog log;

    /** For the container. */
    @SuppressWarnings("NullAway.Init") // the container injects
    public AuditResource() {}

    /**
     * Lists events.
     *
     * @param type of this type alone, if given
     * @param sub of this subject alone, if given
     * @param since not before this time, if given
     * @param limit how many at most, from 1 to 10,000; 100 unless given
     * @return the newest first
     */
    @GET
    @Path("audit")
    public JsonArray list(
            @QueryParam("type") @Nullable String type,
            @QueryParam("sub") @Nullable String sub,
            @QueryParam("since") @Nullable String since,
            @QueryParam("limit") @Nullable String limit) {
        String typeGiven = Parameters.given(type);
        if (typeGiven != null
                && Stream.of(AuditType.values()).noneMatch(each -> each.text().equals(typeGiven))) {
            throw new Refusal(400, "There is no type of that name.");
        }
        String subject = Parameters.given(sub);
        String written = subject == null ? null : Printable.of(subject);
        Instant first = Parameters.time(since, "since");
        return log.find(typeGiven, written, first, Parameters.limit(limit, USUAL, MOST)).stream()
                .map(AuditResource::toJson)
                .collect(JsonCollectors.toJsonArray());
    }

    private static JsonObject toJson(SecurityEvent event) {
        return new Fields()
                .add("number", event.number())
                .add("time", event.time())
                .add("node", event.node())
                .add("type", event.type())
                .add("endpoint", event.endpoint())
                .add("address", event.address())
                .add("iss", event.issuer())
                .add("sub", event.subject())
                .add("socketId", event.socketId())
                .add("namespace", event.namespace())
                .add("target", event.target())
                .add("code", event.code())
                .add("detail", event.detail())
                .add("occurrences", event.occurrences())
                .build();
    }

    /**
     * Looks at every entry.
     *
     * @return whether the record is as it was written, or where it is not
     */
    @GET
    @Path("audit/verification")
    public JsonObject verify() {
        Verification found = log.verify();
        JsonObjectBuilder answer =
                Json.createObjectBuilder().add("intact", found.intact()).add("entries", found.entries());
        if (found.intact()) {
            return answer.build();
        }
        Long bad = found.firstBad();
        answer = bad == null ? answer.addNull("firstBad") : answer.add("firstBad", bad);
        return answer.add("reason", String.valueOf(found.reason())).build();
    }
}
