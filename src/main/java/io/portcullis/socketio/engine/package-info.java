/**
 * Engine.IO 4: packets, payloads, sessions, heartbeat and the change of transport. Knows neither servlets nor WebSockets,
 * nor that Socket.IO exists. May use the API and {@code config}.
 *
 * <p>Read {@link io.portcullis.socketio.engine.Session} first. A bare Engine.IO endpoint is a bean that implements {@link
 * io.portcullis.socketio.engine.SessionListener}.
 */
@NullMarked
package io.portcullis.socketio.engine;

import org.jspecify.annotations.NullMarked;
