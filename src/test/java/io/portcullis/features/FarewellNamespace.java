package io.portcullis.features;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.OnDisconnect;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.SocketServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Leaves a trace of each client that goes, which outlives the server. */
@Namespace("/farewell")
public class FarewellNamespace {

    @Inject
    SocketServer io;

    @Inject
    @ConfigProperty(name = "features.farewells")
    Optional<String> file;

    @OnEvent("drain")
    public void drain(int millis) {
        io.drain(Duration.ofMillis(millis));
    }

    @OnEvent("thread")
    public String thread() {
        return Thread.currentThread().toString();
    }

    @OnEvent("java")
    public int java() {
        return Runtime.version().feature();
    }

    @OnDisconnect
    public void left(Socket socket, DisconnectReason reason) throws IOException {
        if (file.isPresent()) {
            Files.writeString(Path.of(file.get()), socket.id() + " " + reason + "\n", StandardOpenOption.APPEND);
        }
    }
}
