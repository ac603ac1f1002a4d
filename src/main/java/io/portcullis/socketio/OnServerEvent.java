package io.portcullis.socketio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method of a {@link Namespace} bean that receives what another node of the cluster sent with {@link
 * SocketNamespace#serverSideEmit}.
 *
 * <p>Parameters: the event's arguments, as for {@link OnEvent}, but without a {@link Socket}. What it returns is the
 * answer.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnServerEvent {

    /**
     * The event's name.
     *
     * @return the name
     */
    String value();
}
