package io.portcullis.socketio.transport;

import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.ratelimit.Permit;
import java.util.function.BooleanSupplier;

/**
 * Immutable. A client that was let in and has no session yet.
 *
 * @param handshake what was known about it
 * @param owner whom its session will belong to
 * @param permit its place among the connections that are counted
 * @param mayStillCome judges its origin once more
 */
record Newcomer(Handshake handshake, Owner owner, Permit permit, BooleanSupplier mayStillCome) {}
