/**
 * What survives a restart: security events in a chain that shows changes, and allowed origins. The only place with {@code
 * jakarta.persistence}. All methods wait for the database: call them on the managed executor. Uses nothing of our other
 * packages.
 *
 * <p>Read {@link io.portcullis.socketio.store.Database} first.
 */
@NullMarked
package io.portcullis.socketio.store;

import org.jspecify.annotations.NullMarked;
