package io.portcullis.socketio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method of a {@link Namespace} bean that sees every event before its handler does, also those without one.
 *
 * <p>Parameters: a {@link Socket} and a {@link Handshake} (both optional), the event's name as a {@code String}, and its
 * {@link Arguments} (optional). It returns nothing. An exception refuses the event: the handler does not run, and the
 * client is answered as if the handler had thrown it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnAny {}
