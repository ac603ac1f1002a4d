package io.portcullis.socketio.store;

import java.time.Instant;
import java.util.UUID;

/**
 * Immutable. An origin whose pages may connect to an endpoint, besides those of the configuration.
 *
 * @param id names it
 * @param endpoint the name of the endpoint
 * @param origin as browsers send it
 * @param addedBy who allowed it
 * @param addedAt when, in milliseconds
 */
public record StoredOrigin(String id, String endpoint, String origin, String addedBy, Instant addedAt) {

    /**
     * One that is not there yet, with a new id.
     *
     * @param endpoint the name of the endpoint
     * @param origin as browsers send it
     * @param addedBy who allows it
     * @param addedAt when, in milliseconds
     * @return the origin, not yet stored
     */
    public static StoredOrigin create(String endpoint, String origin, String addedBy, Instant addedAt) {
        return new StoredOrigin(UUID.randomUUID().toString(), endpoint, origin, Text.fit(addedBy, 500), addedAt);
    }
}
