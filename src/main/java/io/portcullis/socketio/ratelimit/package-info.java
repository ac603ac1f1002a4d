/**
 * How much, how many and how often: limits by key, which can be changed while the server runs, and exact counts of
 * connections. May use the API and {@code config}. Read {@link io.portcullis.socketio.ratelimit.ConnectionLimits} first.
 */
@NullMarked
package io.portcullis.socketio.ratelimit;

import org.jspecify.annotations.NullMarked;
