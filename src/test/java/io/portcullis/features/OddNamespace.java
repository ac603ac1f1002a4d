package io.portcullis.features;

import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.NamespaceMatcher;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.Socket;

/** Namespaces that code decides on: those whose names have an odd number of characters, for whoever asks politely. */
@Namespace
public class OddNamespace implements NamespaceMatcher {

    @Override
    public boolean matches(String name, Handshake handshake) {
        return name.startsWith("/odd")
                && name.length() % 2 == 1
                && handshake.auth().containsKey("please");
    }

    @OnEvent("where")
    public String where(Socket socket) {
        return socket.namespace();
    }
}
