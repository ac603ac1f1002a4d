package io.portcullis.socketio.runtime;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.RoomEvent;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.SocketConnected;
import io.portcullis.socketio.SocketDisconnected;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.BeanManager;
import org.jspecify.annotations.Nullable;

/** Thread-safe. Fires CDI events for what happens to sockets and rooms; nothing is fired that nobody observes. */
final class ApplicationEvents {

    private static final System.Logger LOG = System.getLogger(ApplicationEvents.class.getName());

    private final Event<Object> events;
    private final boolean observesRooms;

    ApplicationEvents(Event<Object> events, BeanManager beans) {
        this.events = events;
        this.observesRooms = !beans.resolveObserverMethods(new RoomEvent(RoomEvent.Type.CREATED, "", "", "", null))
                .isEmpty();
    }

    void connected(Socket socket) {
        fire(new SocketConnected(socket));
    }

    void disconnected(Socket socket, DisconnectReason reason) {
        fire(new SocketDisconnected(socket, reason));
    }

    void roomChanged(String endpoint, String namespace, RoomEvent.Type type, String room, @Nullable String socketId) {
        if (observesRooms) {
            fire(new RoomEvent(type, endpoint, namespace, room, socketId));
        }
    }

    private void fire(Object event) {
        try {
            events.fire(event);
        } catch (RuntimeException e) { // an observer's mistake is its own
            LOG.log(System.Logger.Level.ERROR, "An observer failed.", e);
        }
    }
}
