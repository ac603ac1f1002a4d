package io.portcullis.socketio.transport;

import io.portcullis.socketio.engine.SessionRegistry;
import io.portcullis.socketio.engine.TimerWheel;
import java.util.concurrent.Executor;

/**
 * Immutable. What both doors share.
 *
 * @param registry the sessions
 * @param quirks what is special about this application server
 * @param scheduler for short work that must not wait behind handlers
 * @param closes closes WebSockets
 * @param slowCloses closes those that are broken, each of which may take seconds
 */
record Doors(
        SessionRegistry registry,
        ContainerQuirks quirks,
        Executor scheduler,
        CloseQueue closes,
        CloseQueue slowCloses) {

    /** Where the one WebSocket endpoint of an application is deployed; only the servlet upgrades to it. */
    static final String INTERNAL_PATH = "/.portcullis/websocket";

    /** What all sessions wait with. */
    TimerWheel timer() {
        return registry.context().timer();
    }
}
