package io.portcullis.socketio.engine;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Immutable. What all sessions of a server share.
 *
 * @param executor the managed executor, for work that may wait
 * @param timer all heartbeats and deadlines
 * @param nanoTime the monotonic clock
 * @param ids makes ids that nobody can guess
 */
public record EngineContext(Executor executor, TimerWheel timer, LongSupplier nanoTime, Ids ids) {}
