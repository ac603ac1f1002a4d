package io.portcullis.socketio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method of a {@link Namespace} bean that handles an event.
 *
 * <p>Parameters, in this order: a {@link Socket} and a {@link Handshake} (both optional), then the event's arguments,
 * then an {@link Ack} (optional). An argument's type may be anything that JSON-B binds (records, collections, generics),
 * a JSON-P value, {@code byte[]} or {@code ByteBuffer}; a last parameter of type {@link Arguments} takes all that are
 * left. Missing arguments are {@code null}, or zero for primitive types; superfluous ones are ignored. An argument that
 * cannot be bound, or breaks a Bean Validation constraint, is answered with the error {@code invalid}.
 *
 * <p>What the method returns is the client's acknowledgement: nothing acknowledges without a value, a value is the
 * acknowledgement's argument, {@link Arguments} are its arguments, a {@code CompletionStage}, which must not be null,
 * acknowledges when it completes. With an {@link Ack} parameter the method acknowledges by itself and must return
 * nothing.
 *
 * <p>Events of one socket are handled one after another in the order of their arrival, on the server's managed executor;
 * see {@link NonBlocking} for the shorter way.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnEvent {

    /**
     * The event's name. Socket.IO's reserved names are refused.
     *
     * @return the name
     */
    String value();
}
