/**
 * The two doors: a servlet that takes every request, polls included, and the WebSocket that it upgrades to. The only
 * place with {@code jakarta.servlet} and {@code jakarta.websocket}. May use the API, {@code config}, {@code engine},
 * {@code security} and {@code ratelimit}.
 *
 * <p>Read {@link io.portcullis.socketio.transport.FrontServlet} first. What differs between application servers is in
 * {@link io.portcullis.socketio.transport.ContainerQuirks}.
 */
@NullMarked
package io.portcullis.socketio.transport;

import org.jspecify.annotations.NullMarked;
