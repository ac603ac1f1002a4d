/**
 * Health checks, and later what operators call over HTTP. May use the API and {@code config}. Read {@link
 * io.portcullis.socketio.rest.HealthChecks} first.
 */
@NullMarked
package io.portcullis.socketio.rest;

import org.jspecify.annotations.NullMarked;
