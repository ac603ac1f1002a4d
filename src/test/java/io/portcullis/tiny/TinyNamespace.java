package io.portcullis.tiny;

import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.OnEvent;

/** Says what it hears. */
@Namespace("/tiny")
public class TinyNamespace {

    @OnEvent("echo")
    public String echo(String text) {
        return text;
    }
}
