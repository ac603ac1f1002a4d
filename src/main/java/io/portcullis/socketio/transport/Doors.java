package io.portcullis.socketio.transport;

import io.portcullis.socketio.engine.SessionRegistry;
import jakarta.websocket.EndpointConfig;
import java.util.Map;

/**
 * Immutable. What both doors share.
 *
 * @param registry the sessions
 * @param quirks what is special about this application server
 */
record Doors(SessionRegistry registry, ContainerQuirks quirks) {

    /** Where the one WebSocket endpoint of an application is deployed; only the servlet upgrades to it. */
    static final String INTERNAL_PATH = "/.portcullis/websocket";

    private static final String PROPERTY = Doors.class.getName();

    void put(Map<String, Object> properties) {
        properties.put(PROPERTY, this);
    }

    @SuppressWarnings("NullAway") // put at deployment
    static Doors of(EndpointConfig config) {
        return (Doors) config.getUserProperties().get(PROPERTY);
    }
}
