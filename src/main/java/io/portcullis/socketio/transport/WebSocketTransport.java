package io.portcullis.socketio.transport;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.config.TransportName;
import io.portcullis.socketio.engine.EnginePacket;
import io.portcullis.socketio.engine.Transport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Thread-safe. Carries a session's packets over a WebSocket, one message each. */
final class WebSocketTransport implements Transport {

    private final jakarta.websocket.Session socket;
    private final RemoteEndpoint.Basic blocking;
    private final RemoteEndpoint.Async async;
    private final ContainerQuirks quirks;
    private final Executor executor;
    private final Consumer<DisconnectReason> failed;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean sending;

    /**
     * Over an open WebSocket.
     *
     * @param failed told, once, when a send has failed
     */
    WebSocketTransport(
            jakarta.websocket.Session socket,
            ContainerQuirks quirks,
            Executor executor,
            Consumer<DisconnectReason> failed) {
        this.socket = socket;
        this.blocking = socket.getBasicRemote();
        this.async = socket.getAsyncRemote();
        this.quirks = quirks;
        this.executor = executor;
        this.failed = failed;
    }

    @Override
    public String name() {
        return TransportName.WEBSOCKET.text();
    }

    @Override
    public boolean isWritable() {
        return !sending && !closed.get();
    }

    @Override
    public int batchSize() {
        return 1;
    }

    @Override
    public boolean send(List<EnginePacket> packets, Runnable sent) {
        EnginePacket packet = packets.get(0);
        sending = true;
        if (!quirks.blockingSend()) {
            return sendAsync(packet, sent);
        }
        try {
            byte[] binary = packet.binary();
            if (binary == null) {
                blocking.sendText(packet.text());
            } else {
                blocking.sendBinary(ByteBuffer.wrap(binary));
            }
        } catch (IOException | RuntimeException e) { // containers throw what they like once the peer has gone
            fail();
        }
        sending = false;
        return true;
    }

    private boolean sendAsync(EnginePacket packet, Runnable sent) {
        Completion completion = new Completion(sent);
        try {
            byte[] binary = packet.binary();
            if (binary == null) {
                async.sendText(packet.text(), completion);
            } else {
                async.sendBinary(ByteBuffer.wrap(binary), completion);
            }
        } catch (RuntimeException e) {
            sending = false;
            fail();
            return true;
        }
        return completion.returned();
    }

    private void fail() {
        if (!closed.get()) {
            failed.accept(DisconnectReason.TRANSPORT_ERROR);
        }
    }

    @Override
    public void close(Closing how) {
        if (closed.compareAndSet(false, true)) {
            // closing may wait for a send in flight, and its callback has no context on some servers
            executor.execute(() -> closeSocket(how));
        }
    }

    private void closeSocket(Closing how) {
        try {
            CloseCode code = code(how);
            if (code == CloseCodes.NO_STATUS_CODE) {
                socket.close();
            } else {
                socket.close(new CloseReason(code, ""));
            }
        } catch (IOException | RuntimeException e) { // it is closed already
            System.getLogger(WebSocketTransport.class.getName())
                    .log(System.Logger.Level.TRACE, "A WebSocket could not be closed.", e);
        }
    }

    private static CloseCode code(Closing how) {
        return switch (how) {
            case TOO_BIG -> CloseCodes.TOO_BIG;
            case GOING_AWAY -> CloseCodes.GOING_AWAY;
            case SESSION_CLOSED, CLIENT_CLOSED, DISCARDED -> CloseCodes.NO_STATUS_CODE;
        };
    }

    /** The end of one asynchronous send. Some containers call it before the send returns: no recursion then. */
    private final class Completion implements SendHandler {

        private final Runnable sent;
        private final AtomicReference<Boolean> first = new AtomicReference<>(null);

        Completion(Runnable sent) {
            this.sent = sent;
        }

        @Override
        public void onResult(SendResult result) {
            sending = false;
            if (!result.isOK()) {
                fail();
            }
            if (!first.compareAndSet(null, Boolean.TRUE)) {
                sent.run();
            }
        }

        /** Whether the send ended before it returned. */
        boolean returned() {
            return !first.compareAndSet(null, Boolean.FALSE);
        }
    }
}
