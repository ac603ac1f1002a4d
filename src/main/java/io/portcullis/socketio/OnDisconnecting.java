package io.portcullis.socketio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method of a {@link Namespace} bean that is called when a socket goes, while {@link Socket#rooms()} still tells
 * which rooms it was in. Broadcasts do not reach it any more.
 *
 * <p>Parameters: a {@link Socket}, a {@link DisconnectReason}, both optional. It returns nothing. It runs once, before
 * {@link OnDisconnect}, however the connection ended.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnDisconnecting {}
