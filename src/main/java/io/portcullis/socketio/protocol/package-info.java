/**
 * Socket.IO 5 packets and their two parsers: values and pure functions. Uses nothing of our other packages.
 *
 * <p>Read {@link io.portcullis.socketio.protocol.Packet} first, then {@link io.portcullis.socketio.protocol.Parser}.
 */
@NullMarked
package io.portcullis.socketio.protocol;

import org.jspecify.annotations.NullMarked;
