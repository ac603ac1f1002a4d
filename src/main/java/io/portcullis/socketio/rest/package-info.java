/**
 * What operators call over HTTP, below {@code /portcullis/}, and health checks. The only place with {@code jakarta.ws.rs}; a
 * server without it does not see the administration. May use the API, {@code config}, {@code security}, {@code ratelimit} and
 * {@code store}. Read {@link io.portcullis.socketio.rest.AdministrationFilter} first.
 */
@NullMarked
package io.portcullis.socketio.rest;

import org.jspecify.annotations.NullMarked;
