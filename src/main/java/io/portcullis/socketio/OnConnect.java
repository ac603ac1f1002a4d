package io.portcullis.socketio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method of a {@link Namespace} bean that is asked when a client connects.
 *
 * <p>It runs before the client's connection is confirmed, so it may refuse it by throwing a {@link
 * ConnectRefusedException}, with data for the client if it likes; for a refused client no {@link OnDisconnect} method
 * runs. It may return nothing or a {@code CompletionStage}: the connection is confirmed when the stage completes, and
 * refused when it fails. What it emits to the socket is sent right after the confirmation. It runs again when a
 * connection's state was recovered ({@link Socket#isRecovered()}).
 *
 * <p>Parameters: a {@link Socket}, a {@link Handshake}, both optional. Several such methods run in the order of their
 * names.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnConnect {}
