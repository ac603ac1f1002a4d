package io.portcullis.socketio;

import jakarta.enterprise.context.NormalScope;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The scope of beans that live as long as one {@link Socket}: one instance for each socket, destroyed after its {@link
 * OnDisconnect} handlers. Active wherever a handler of the socket runs.
 */
@Documented
@Inherited
@NormalScope
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD})
public @interface SocketScoped {}
