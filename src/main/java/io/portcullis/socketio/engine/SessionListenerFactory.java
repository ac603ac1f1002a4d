package io.portcullis.socketio.engine;

import io.portcullis.socketio.config.EndpointConfig;

/** Makes the listener of an endpoint that has none of its own; implemented by the layer above. */
@FunctionalInterface
public interface SessionListenerFactory {

    /**
     * Called once for each endpoint at start.
     *
     * @param endpoint the endpoint
     * @param registry the sessions of all endpoints
     * @return its listener
     */
    SessionListener create(EndpointConfig endpoint, SessionRegistry registry);
}
