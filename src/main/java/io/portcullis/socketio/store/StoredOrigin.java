package io.portcullis.socketio.store;

import java.time.Instant;

/**
 * Immutable. An origin whose pages may connect to an endpoint, besides those of the configuration.
 *
 * @param id names it
 * @param endpoint the name of the endpoint
 * @param origin as browsers send it
 * @param addedBy who allowed it
 * @param addedAt when, in milliseconds
 */
public record StoredOrigin(String id, String endpoint, String origin, String addedBy, Instant addedAt) {}
