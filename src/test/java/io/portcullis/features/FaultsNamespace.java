package io.portcullis.features;

import io.portcullis.socketio.Arguments;
import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.NonBlocking;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.ServerStatistics;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.SocketServer;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;

/** Handlers that wait, and handlers that must not be kept waiting by them. */
@Namespace("/faults")
public class FaultsNamespace {

    private static final long LONGEST_SECONDS = 120;

    @Inject
    SocketServer io;

    @Inject
    Gate gate;

    /** Waits until the gate is opened. */
    @OnEvent("wait")
    public int waitAtTheGate(int number) throws InterruptedException {
        gate.await(LONGEST_SECONDS, TimeUnit.SECONDS);
        return number;
    }

    /** How many handlers wait now. */
    @OnEvent("waiting")
    @NonBlocking
    public int waiting() {
        return gate.waiting();
    }

    @OnEvent("open")
    @NonBlocking
    public void open() {
        gate.open();
    }

    @OnEvent("close")
    @NonBlocking
    public void close() {
        gate.close();
    }

    @OnEvent("echo")
    @NonBlocking
    public Arguments echo(Arguments arguments) {
        return arguments;
    }

    @OnEvent("join")
    @NonBlocking
    public String join(Socket socket, String room) {
        socket.join(room);
        return room;
    }

    /** Tells a room, the sender not included, something of a given length. */
    @OnEvent("tell")
    @NonBlocking
    public int tell(Socket socket, String room, int length, boolean maybe) {
        String text = "x".repeat(length);
        if (maybe) {
            socket.to(room).asVolatile().emit("told", text);
        } else {
            socket.to(room).emit("told", text);
        }
        return length;
    }

    /** Over polling, the answer to the waiting poll is written by the thread of the post that calls this. */
    @OnEvent("tell-self")
    @NonBlocking
    public void tellSelf(Socket socket) {
        socket.emit("told");
    }

    /** How many requests have lost their request context to us. */
    @OnEvent("lost-scopes")
    @NonBlocking
    public int lostScopes() {
        return ScopeFilter.lost();
    }

    @OnEvent("statistics")
    @NonBlocking
    public ServerStatistics statistics() {
        return io.statistics();
    }
}
