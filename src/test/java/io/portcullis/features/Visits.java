package io.portcullis.features;

import io.portcullis.socketio.Socket;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

/** Confined to one event. */
@RequestScoped
public class Visits {

    @Inject
    Socket socket;

    private int count;

    public String socketId() {
        return socket.id();
    }

    public int count() {
        return ++count;
    }
}
