package io.portcullis.socketio.transport;

import io.portcullis.socketio.ratelimit.ConnectionLimits;
import io.portcullis.socketio.security.Audit;

/**
 * Immutable. What an endpoint asks before it lets anybody in.
 *
 * @param arrivals where requests come from
 * @param limits how many there may be
 * @param cookie by which browsers are known again
 * @param audit who was refused, and why
 * @param requiresTls whether requests that are not encrypted are refused
 */
record Gate(Arrivals arrivals, ConnectionLimits limits, OwnerCookie cookie, Audit audit, boolean requiresTls) {}
