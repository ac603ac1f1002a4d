package io.portcullis.socketio.testing;

import io.portcullis.socketio.engine.EnginePacket;
import io.portcullis.socketio.engine.Transport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Confined to its test, but for what the server sends. A transport that keeps what it is given. */
public final class RecordingTransport implements Transport {

    private final String name;
    private final boolean completesLater;
    private final List<String> sent = new ArrayList<>();
    private final List<Closing> closings = new ArrayList<>();
    private boolean writable;
    private @Nullable Runnable pending;
    private int inFlight;
    private int mostInFlight;

    private RecordingTransport(String name, boolean writable, boolean completesLater) {
        this.name = name;
        this.writable = writable;
        this.completesLater = completesLater;
    }

    /** A WebSocket that takes everything at once. */
    public static RecordingTransport webSocket() {
        return new RecordingTransport("websocket", true, false);
    }

    /** A WebSocket whose sends end when {@link #complete} is called. */
    public static RecordingTransport slowWebSocket() {
        return new RecordingTransport("websocket", true, true);
    }

    /** Polling: writable while a poll waits, which takes one batch. */
    public static RecordingTransport polling() {
        return new RecordingTransport("polling", false, false);
    }

    public synchronized void poll() {
        writable = true;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized boolean isWritable() {
        return writable && pending == null;
    }

    @Override
    public int batchSize() {
        return isPolling() ? 1000 : 1;
    }

    private boolean isPolling() {
        return name.equals("polling");
    }

    @Override
    public synchronized boolean send(List<EnginePacket> packets, Runnable done) {
        List<String> texts = packets.stream().map(EnginePacket::text).toList();
        sent.add(String.join("|", texts));
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
        if (isPolling()) {
            writable = false;
        }
        if (completesLater) {
            pending = done;
            return false;
        }
        inFlight--;
        return true;
    }

    /** Ends the send in flight. */
    public void complete() {
        Runnable done;
        synchronized (this) {
            done = pending;
            pending = null;
            inFlight--;
        }
        if (done != null) {
            done.run();
        }
    }

    @Override
    public synchronized void close(Closing how) {
        closings.add(how);
        if (isPolling() && writable) {
            writable = false;
            sent.add(how == Closing.CLIENT_CLOSED ? "6" : "1");
        } else {
            writable = false;
        }
    }

    /** What was sent, one text for each send; the packets of a batch are joined by a bar. */
    public synchronized List<String> sent() {
        return List.copyOf(sent);
    }

    /** What was sent since the last call. */
    public synchronized List<String> take() {
        List<String> all = List.copyOf(sent);
        sent.clear();
        return all;
    }

    public synchronized List<Closing> closings() {
        return List.copyOf(closings);
    }

    public synchronized int mostInFlight() {
        return mostInFlight;
    }
}
