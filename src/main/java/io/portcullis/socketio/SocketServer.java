package io.portcullis.socketio;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Thread-safe. The way to send from any bean: {@code @Inject SocketServer io}.
 *
 * <pre>{@code
 * io.of("/chat").to("topic:news").emit("headline", text);
 * }</pre>
 */
public interface SocketServer {

    /**
     * A namespace of this endpoint.
     *
     * @param namespace its name, with or without the leading slash
     * @return the namespace; one that nobody is connected to selects nobody
     * @throws IllegalArgumentException if no {@link Namespace} bean serves this name
     */
    SocketNamespace of(String namespace);

    /**
     * The server at another endpoint. The injected one is that of the plain {@code socketio.*} keys.
     *
     * @param name the endpoint's name in the configuration
     * @return its server
     * @throws IllegalArgumentException if there is no such endpoint
     */
    SocketServer endpoint(String name);

    /**
     * The endpoints that speak Socket.IO, each with a server of its own.
     *
     * @return their names in the configuration
     */
    Set<String> endpoints();

    /**
     * The namespaces of this endpoint that exist now on this node; the dynamic ones come and go.
     *
     * @return by name
     */
    List<SocketNamespace> namespaces();

    /**
     * How much there is at this moment, on this node.
     *
     * @return a snapshot
     * @throws IllegalStateException before the application has started
     */
    ServerStatistics statistics();

    /**
     * Empties this node before it stops, at all endpoints: new clients are refused with status 503, and those that are here
     * are told when to come back, in the event {@code server:draining}, and closed in slices. All disconnect handlers run.
     * The same happens by itself when the application stops. There is no way back.
     *
     * @param spread over how long clients are closed, from nothing to a day; up to two seconds more for those that poll. A
     *     second call with a shorter time makes the first one faster
     * @return completed when nobody is here any more and the handlers have run, or five seconds after the last client has
     *     gone. Completed on a thread of the server that must not be blocked: use {@code thenRunAsync} with an executor
     * @throws IllegalArgumentException if the time is negative or longer than a day
     * @throws IllegalStateException before the application has started
     */
    CompletionStage<Void> drain(Duration spread);

    /**
     * Whether this node is being emptied; the readiness check says "down" then.
     *
     * @return true once {@link #drain} was called
     */
    boolean isDraining();
}
