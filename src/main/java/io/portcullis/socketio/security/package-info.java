/**
 * Who may come in: origins of pages, addresses of clients, and the trail of what was refused. May use the API, {@code
 * config} and {@code store}. Read {@link io.portcullis.socketio.security.OriginPolicy} first.
 */
@NullMarked
package io.portcullis.socketio.security;

import org.jspecify.annotations.NullMarked;
