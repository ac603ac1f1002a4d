/**
 * Namespaces, sockets, and the way from a packet to a handler method. May use all our packages but transport and rest.
 *
 * <p>Read {@code NamespaceExtension} first for how handlers are found and checked, then {@code HandlerMethod} for how one
 * is called.
 */
@NullMarked
package io.portcullis.socketio.runtime;

import org.jspecify.annotations.NullMarked;
