package io.portcullis.socketio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method of a {@link Namespace} bean that is called when a socket has gone and has left its rooms.
 *
 * <p>Parameters: a {@link Socket}, a {@link DisconnectReason}, both optional. It returns nothing. It runs once, however
 * the connection ended, and after all of the socket's other handlers; also when the client went while its {@link
 * OnConnect} handlers were letting it in.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnDisconnect {}
