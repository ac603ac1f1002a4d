package io.portcullis.socketio.engine;

import io.portcullis.socketio.config.EndpointConfig;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Called by the thread that deploys the application. Makes the listeners of the endpoints that have none of their own; implemented by the layer above. */
public interface SessionListenerFactory {

    /**
     * Called once at start, before any {@link #create}.
     *
     * @param registry the sessions of all endpoints
     */
    void start(SessionRegistry registry);

    /**
     * Called once for each endpoint at start.
     *
     * @param endpoint the endpoint
     * @return its listener
     */
    SessionListener create(EndpointConfig endpoint);

    /**
     * Called once at the end: drains the registry, and waits for what follows from it.
     *
     * @param spread over how long the sessions are closed
     * @return completed when everything has come to its end, or too long has passed
     */
    CompletionStage<Void> drain(Duration spread);
}
