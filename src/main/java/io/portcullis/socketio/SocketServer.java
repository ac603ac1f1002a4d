package io.portcullis.socketio;

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
     * How much there is at this moment, on this node.
     *
     * @return a snapshot
     */
    ServerStatistics statistics();
}
