package io.portcullis.socketio.transport;

import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;

/**
 * Thread-safe. The second barrier: only an upgrade that the servlet has admitted, on the same thread, passes. A direct
 * request for the internal path is refused by the container.
 */
final class HandshakeConfigurator extends ServerEndpointConfig.Configurator {

    @Override
    public boolean checkOrigin(String originHeaderValue) {
        return Admission.current() != null;
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Admission admission = Admission.current();
        if (admission == null) {
            throw new IllegalStateException("A WebSocket is opened by the servlet of its endpoint alone.");
        }
        config.getUserProperties().put(Admission.PROPERTY, admission.ticket());
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) throws InstantiationException {
        return type.cast(new WebSocketEndpoint());
    }
}
