package io.portcullis.socketio.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Something that matters to security. Texts that are too long for the database are cut there.
 *
 * @param number its place in the log, from 1; zero before it is written
 * @param time when, in milliseconds
 * @param node which node of the server saw it
 * @param type what, for example {@code access_denied}
 * @param endpoint the name of the endpoint
 * @param address the client's
 * @param issuer who vouches for the subject
 * @param subject who, within the issuer
 * @param socketId which socket
 * @param namespace which namespace
 * @param target the event or the room
 * @param code what the client was told
 * @param detail what else the operator should know
 * @param occurrences how many times, if several are told at once
 */
public record SecurityEvent(
        long number,
        Instant time,
        String node,
        String type,
        @Nullable String endpoint,
        @Nullable String address,
        @Nullable String issuer,
        @Nullable String subject,
        @Nullable String socketId,
        @Nullable String namespace,
        @Nullable String target,
        @Nullable String code,
        @Nullable String detail,
        int occurrences) {

    /** Checks the number of occurrences. */
    public SecurityEvent {
        if (occurrences < 1) {
            throw new IllegalArgumentException("An event occurs at least once, not " + occurrences + " times.");
        }
    }

    /**
     * An event about which nothing else is known yet.
     *
     * @param time when
     * @param node where
     * @param type what
     * @return the event, not yet written
     */
    public static SecurityEvent of(Instant time, String node, String type) {
        return new SecurityEvent(0, time, node, type, null, null, null, null, null, null, null, null, null, 1);
    }
}
