package io.portcullis.socketio.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Thread-safe. The description of the administration, for tools. */
@Path("/")
@Administration
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class DescriptionResource {

    static final String FILE = "openapi.json";

    /** For the container. */
    public DescriptionResource() {}

    /**
     * Shows the description.
     *
     * @return an OpenAPI 3.1 document
     */
    @GET
    @Path(FILE)
    public byte[] show() {
        try (InputStream file = DescriptionResource.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing beside its class.");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
