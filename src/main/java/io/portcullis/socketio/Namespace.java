package io.portcullis.socketio;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class the receiver of the events of one or several Socket.IO namespaces.
 *
 * <p>The class is a CDI bean, {@code @ApplicationScoped} unless it declares another scope. Its handlers are the public
 * methods marked {@link OnConnect}, {@link OnEvent}, {@link OnAny}, {@link OnAnyOutgoing}, {@link OnServerEvent},
 * {@link OnDisconnecting} and {@link OnDisconnect}; they may be inherited. Every mistake in such a class fails the
 * deployment with a sentence that says where, what, and what to write instead.
 *
 * <p>A namespace is named exactly one way:
 *
 * <ul>
 *   <li>{@code @Namespace("/chat")} or {@code @Namespace({"/", "/chat"})}: by its name;
 *   <li>{@code @Namespace(pattern = "/tenant-[a-z]{1,8}")}: every name that the whole regular expression matches;
 *   <li>{@code @Namespace} on a class that implements {@link NamespaceMatcher}: every name that it accepts.
 * </ul>
 *
 * <p>Names win over patterns and matchers; those are asked in the order of the classes' names. A namespace that is
 * named by a pattern or matcher is made when the first client asks for it.
 *
 * <p>Source: Socket.IO protocol 5, "Connection to a namespace".
 */
@Documented
@Stereotype
@ApplicationScoped
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Namespace {

    /**
     * The names, each beginning with a slash.
     *
     * @return the names; empty when a pattern or a matcher decides
     */
    String[] value() default {};

    /**
     * A regular expression that the whole name must match.
     *
     * @return the expression; empty when names or a matcher decide
     */
    String pattern() default "";

    /**
     * The endpoints that offer this namespace, by their names in the configuration ({@code socketio.endpoint.<name>});
     * the endpoint of the plain {@code socketio.*} keys is named {@code default}.
     *
     * @return the endpoints' names; empty means all endpoints
     */
    String[] endpoints() default {};
}
