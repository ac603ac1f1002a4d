package io.portcullis.socketio.rest;

import io.portcullis.socketio.AllowedOrigin;
import io.portcullis.socketio.config.Configuration;
import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.config.Key;
import io.portcullis.socketio.security.OriginPolicies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonCollectors;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Thread-safe. Whose pages may come: what the configuration says, and what was added while the server runs. */
@Path("/")
@Administration
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class OriginsResource {

    private static final String ORIGIN = "origins/{id: [A-Za-z0-9-]+}";

    @Inject
    OriginPolicies origins;

    @Inject
    Caller caller;

    @Inject
    Configuration configuration;

    /** An entry of the configuration, by a number that it has until the next start. */
    private record Fixed(String id, EndpointConfig endpoint, String origin) {}

    /** For the container. */
    @SuppressWarnings("NullAway.Init") // the container injects
    public OriginsResource() {}

    /**
     * Lists origins.
     *
     * @param endpointGiven of this endpoint alone, if given
     * @return those of the configuration, then those that were added
     */
    @GET
    @Path("origins")
    public JsonArray list(@QueryParam("endpoint") @Nullable String endpointGiven) {
        String endpoint = Parameters.given(endpointGiven);
        List<EndpointConfig> endpoints = configuration.server().endpoints();
        if (endpoint != null && endpoints.stream().noneMatch(each -> each.name().equals(endpoint))) {
            throw new Refusal(400, "There is no endpoint of that name.");
        }
        Stream<JsonObject> fixed = fixed().stream()
                .filter(each ->
                        endpoint == null || endpoint.equals(each.endpoint().name()))
                .map(OriginsResource::toJson);
        Stream<JsonObject> added = origins.list().stream()
                .filter(each -> endpoint == null || endpoint.equals(each.endpoint()))
                .map(OriginsResource::toJson);
        return Stream.concat(fixed, added).collect(JsonCollectors.toJsonArray());
    }

    private List<Fixed> fixed() {
        List<Fixed> all = new ArrayList<>();
        for (EndpointConfig endpoint : configuration.server().endpoints()) {
            for (String origin : endpoint.get(Key.ORIGINS_ALLOWED)) {
                all.add(new Fixed("configuration-" + (all.size() + 1), endpoint, origin));
            }
        }
        return all;
    }

    private static JsonObject toJson(Fixed origin) {
        return new Fields()
                .add("id", origin.id())
                .add("endpoint", origin.endpoint().name())
                .add("origin", origin.origin())
                .add("source", "configuration")
                .build();
    }

    private static JsonObject toJson(AllowedOrigin origin) {
        return new Fields()
                .add("id", origin.id())
                .add("endpoint", origin.endpoint())
                .add("origin", origin.origin())
                .add("source", "store")
                .add("addedBy", origin.addedBy())
                .add("addedAt", origin.addedAt())
                .build();
    }

    /**
     * Lets the pages of an origin in, at once.
     *
     * @param body an object with {@code endpoint} and {@code origin}
     * @return 201 with the entry
     */
    @POST
    @Path("origins")
    public Response add(InputStream body) {
        Map<String, JsonValue> wanted = Parameters.object(body);
        String endpoint = Parameters.text(wanted, "endpoint");
        String origin = Parameters.text(wanted, "origin");
        try {
            AllowedOrigin added = origins.add(endpoint, origin, caller.identity(), caller.address());
            return Response.created(URI.create("origins/" + added.id()))
                    .entity(toJson(added))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Shuts the pages of an origin out, at once, and closes their sockets.
     *
     * @param id of an entry that was added
     */
    @DELETE
    @Path(ORIGIN)
    public void remove(@PathParam("id") String id) {
        fixed().stream().filter(each -> each.id().equals(id)).findFirst().ifPresent(each -> {
            throw new Refusal(
                    409,
                    "This origin is set by the configuration, with '"
                            + each.endpoint().settingName(Key.ORIGINS_ALLOWED)
                            + "': change it there, and start again.");
        });
        if (!origins.remove(id, caller.identity(), caller.address())) {
            throw new Refusal(404, "There is no origin with that id.");
        }
    }
}
