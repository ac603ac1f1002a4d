package io.portcullis.socketio.rest;

import io.portcullis.socketio.config.Configuration;
import io.portcullis.socketio.config.EffectiveValue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonCollectors;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Thread-safe. The configuration that was in force at the start. */
@Path("/")
@Administration
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class ConfigurationResource {

    @Inject
    Configuration configuration;

    /** For the container. */
    @SuppressWarnings("NullAway.Init") // the container injects
    public ConfigurationResource() {}

    /**
     * Lists every key.
     *
     * @return those of the server, then those of each endpoint; secrets are not shown
     */
    @GET
    @Path("configuration")
    public JsonArray list() {
        return configuration.effective().stream()
                .map(ConfigurationResource::toJson)
                .collect(JsonCollectors.toJsonArray());
    }

    private static JsonObject toJson(EffectiveValue value) {
        return new Fields()
                .add("endpoint", value.endpoint())
                .add("key", value.key())
                .add("value", value.value())
                .add("setting", value.setting())
                .add("source", value.source() == null ? "default" : value.source())
                .build();
    }
}
