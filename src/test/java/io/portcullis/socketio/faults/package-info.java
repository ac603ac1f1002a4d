/**
 * What a server must survive: networks that fall silent, clients that stop to read, handlers that wait, and its own death.
 * May use {@code testing}. Read {@code SilentNetworkIT} first.
 */
@NullMarked
package io.portcullis.socketio.faults;

import org.jspecify.annotations.NullMarked;
