package io.portcullis.socketio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method of a {@link Namespace} bean that sees every event that is about to be sent to a socket.
 *
 * <p>Parameters: a {@link Socket} (optional), the event's name as a {@code String}, and its {@link Arguments}
 * (optional). It returns nothing, must not block, and cannot change or stop the event; an exception is logged. It costs
 * a call for each receiver of a broadcast.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnAnyOutgoing {}
