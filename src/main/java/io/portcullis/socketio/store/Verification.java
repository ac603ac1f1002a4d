package io.portcullis.socketio.store;

import org.jspecify.annotations.Nullable;

/**
 * Immutable. What a verification of the audit log found.
 *
 * @param intact whether every entry is as it was written, and none is missing or too many
 * @param entries how many were found intact, up to the first bad one
 * @param firstBad the number of the first bad entry, if there is one and the mistake is not in the chain's head
 * @param reason what is wrong, as a sentence
 */
public record Verification(boolean intact, long entries, @Nullable Long firstBad, @Nullable String reason) {}
