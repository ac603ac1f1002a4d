package io.portcullis.socketio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Promises that a handler never waits: it runs at once on the thread that received the event, without a change to the
 * managed executor, unless earlier events of the socket are still being handled, or the namespace has an {@link OnAny}
 * method. Without effect on handlers other than {@link OnEvent}.
 *
 * <p>Such a method must not block (no database, no lock that is held for long, no remote call): it would delay other
 * clients. It runs without a request context of its own; {@code @Inject Socket} works as everywhere.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface NonBlocking {}
