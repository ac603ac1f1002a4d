/**
 * Rooms and broadcasts: who receives what, on this node or across a cluster. May use the API, {@code config} and {@code
 * protocol}.
 *
 * <p>Read {@link io.portcullis.socketio.adapter.Adapter} first.
 */
@NullMarked
package io.portcullis.socketio.adapter;

import org.jspecify.annotations.NullMarked;
