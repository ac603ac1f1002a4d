package io.portcullis.features;

import io.portcullis.socketio.RoomEvent;
import io.portcullis.socketio.SocketConnected;
import io.portcullis.socketio.SocketDisconnected;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Thread-safe. Notes what happened, and observes what the server tells by CDI events. */
@ApplicationScoped
public class Journal {

    private final List<String> notes = new CopyOnWriteArrayList<>();

    public void note(String text) {
        notes.add(text);
    }

    /** The notes that begin with a text. */
    public List<String> all(String start) {
        return notes.stream().filter(each -> each.startsWith(start)).toList();
    }

    void connected(@Observes SocketConnected event) {
        note("observed connected " + event.socket().id());
    }

    void disconnected(@Observes SocketDisconnected event) {
        note("observed disconnected " + event.socket().id() + " " + event.reason());
    }

    void room(@Observes RoomEvent event) {
        note("room " + event.room() + " " + event.type());
    }
}
