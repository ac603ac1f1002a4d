package io.portcullis.socketio;

import java.time.Instant;

/**
 * Immutable. An origin that was added while the server runs.
 *
 * @param id names the entry
 * @param endpoint the endpoint's name in the configuration, {@code default} for the plain keys
 * @param origin the origin or pattern
 * @param addedBy who added it
 * @param addedAt when
 */
public record AllowedOrigin(String id, String endpoint, String origin, String addedBy, Instant addedAt) {}
