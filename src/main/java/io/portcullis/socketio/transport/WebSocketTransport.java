package io.portcullis.socketio.transport;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.config.TransportName;
import io.portcullis.socketio.engine.EngineContext;
import io.portcullis.socketio.engine.EnginePacket;
import io.portcullis.socketio.engine.TimerWheel;
import io.portcullis.socketio.engine.Transport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.EncodeException;
import jakarta.websocket.PongMessage;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. Carries a session's packets over a WebSocket, one message each. Does not close a WebSocket while a
 * send is in flight: the end of the send, or its time-out, comes first; only a broken one is not waited for.
 */
final class WebSocketTransport implements Transport {

    private static final System.Logger LOG = System.getLogger(WebSocketTransport.class.getName());

    private static final long CLOSE_DELAY = Duration.ofSeconds(6).toNanos();

    /** How long the loss of a WebSocket waits for another thread that is just sending to it. */
    private static final long SENDER_WAIT = Duration.ofSeconds(1).toNanos();

    /** A message of at most so many characters or bytes that went out alone leaves room for a ping. */
    private static final int SMALL = 512;

    private final jakarta.websocket.Session socket;
    private final RemoteEndpoint.Basic blocking;
    private final RemoteEndpoint.Async async;
    private final EngineContext context;
    private final Doors doors;
    private final Consumer<DisconnectReason> failed;
    private final @Nullable SendCredit credit;
    private final long sendTimeout;
    private boolean sending;
    private @Nullable Thread waitingSender;
    private volatile @Nullable Thread owner;
    private volatile TimerWheel.@Nullable Timer unsent;
    private boolean closeStarted;
    private volatile @Nullable Closing closing;

    /**
     * Over an open WebSocket.
     *
     * @param sendTimeoutMillis how long a message may wait for a client that does not read
     * @param failed told when a send has failed
     */
    WebSocketTransport(
            jakarta.websocket.Session socket, Doors doors, long sendTimeoutMillis, Consumer<DisconnectReason> failed) {
        this.socket = socket;
        this.blocking = socket.getBasicRemote();
        this.async = socket.getAsyncRemote();
        this.context = doors.registry().context();
        this.doors = doors;
        this.failed = failed;
        this.credit = doors.quirks().blockingSend() ? new SendCredit() : null;
        this.sendTimeout = Duration.ofMillis(sendTimeoutMillis).toNanos();
        async.setSendTimeout(sendTimeoutMillis);
    }

    /** Runs what the container calls for this WebSocket. It reads nothing more until that has returned. */
    void own(Runnable callback) {
        owner = Thread.currentThread();
        try {
            callback.run();
        } finally {
            owner = null;
        }
    }

    @Override
    public String name() {
        return TransportName.WEBSOCKET.text();
    }

    @Override
    public synchronized boolean isWritable() {
        return !sending && closing == null;
    }

    @Override
    public int batchSize() {
        return 1;
    }

    @Override
    public boolean send(List<EnginePacket> packets, Runnable sent) {
        EnginePacket packet = packets.get(0);
        byte[] binary = packet.binary();
        int size = binary == null ? (int) MessageAssembler.utf8Length(packet.text()) : binary.length;
        SendCredit covering = credit != null && credit.covers(size) ? credit : null;
        synchronized (this) {
            if (closing != null) {
                return true;
            }
            sending = true;
            waitingSender = covering == null ? null : Thread.currentThread();
        }
        try {
            if (covering == null) {
                return sendAsync(packet, size, sent);
            }
            sendWaiting(packet, size, covering);
        } catch (IOException | EncodeException | RuntimeException e) { // containers throw what they like at the end
            fail(e);
        }
        ended();
        return true;
    }

    /** On Open Liberty 26.0.0.3 a WebSocket whose {@code sendText} failed cannot be closed any more; with {@code sendObject} it can. */
    private void sendWaiting(EnginePacket packet, int size, SendCredit covering) throws IOException, EncodeException {
        byte[] binary = packet.binary();
        blocking.sendObject(binary == null ? packet.text() : ByteBuffer.wrap(binary));
        covering.add(size);
        askForProof(covering);
    }

    private void askForProof(SendCredit covering) throws IOException {
        if (covering.needsProof()) {
            byte[] content = context.ids().next().getBytes(StandardCharsets.US_ASCII);
            covering.asked(content);
            async.sendPing(ByteBuffer.wrap(content));
        }
    }

    private boolean sendAsync(EnginePacket packet, int size, Runnable sent) {
        Completion completion = new Completion(size, sent);
        byte[] binary = packet.binary();
        if (binary == null) {
            async.sendText(packet.text(), completion);
        } else {
            async.sendBinary(ByteBuffer.wrap(binary), completion);
        }
        return completion.hasEnded();
    }

    /** The client has answered a ping: it has read what was sent before. */
    void pong(PongMessage message) {
        if (credit != null) {
            ByteBuffer data = message.getApplicationData();
            byte[] content = new byte[data.remaining()];
            data.get(content);
            credit.answered(content);
        }
    }

    private void ended() {
        boolean close;
        synchronized (this) {
            sending = false;
            waitingSender = null;
            notifyAll();
            close = startsClose();
        }
        if (close) {
            TimerWheel.Timer timer = unsent;
            if (timer != null) {
                timer.cancel();
            }
            closeLater();
        }
    }

    /** Guarded by this. */
    private boolean startsClose() {
        if (closing == null || sending || closeStarted) {
            return false;
        }
        closeStarted = true;
        return true;
    }

    private void fail(@Nullable Throwable cause) {
        LOG.log(System.Logger.Level.DEBUG, "A message could not be sent.", cause);
        if (closing == null) {
            broken();
            failed.accept(DisconnectReason.TRANSPORT_ERROR);
        }
    }

    @Override
    public void close(Closing how) {
        boolean close;
        synchronized (this) {
            if (closing != null) {
                return;
            }
            closing = how;
            close = startsClose();
        }
        if (!close) {
            unsent = context.timer().schedule(sendTimeout, this::closeUnsent);
        } else if (owner == Thread.currentThread()) {
            closeSocket(how);
        } else {
            closeLater();
        }
    }

    /** The send that a close waited for has not ended in time. Open Liberty 26.0.0.3 forgets some. */
    private void closeUnsent() {
        synchronized (this) {
            if (closeStarted) {
                return;
            }
            closeStarted = true;
        }
        Closing how = closing;
        doors.slowCloses().add(() -> closeSocket(how == null ? Closing.SESSION_CLOSED : how));
    }

    /**
     * The WebSocket has gone by itself: nothing more is sent over it, and there is nothing to close. Returns when no other
     * thread is sending with the blocking remote: on Open Liberty 26.0.0.3 such a send would never return once the container
     * has dropped the connection, which it does after it has told us.
     */
    synchronized void lost() {
        closing = Closing.SESSION_CLOSED;
        closeStarted = true;
        long deadline = System.nanoTime() + SENDER_WAIT;
        long left = SENDER_WAIT;
        while (waitingSender != null && waitingSender != Thread.currentThread() && left > 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            left = deadline - System.nanoTime();
        }
    }

    /**
     * A send has failed, or the container has met an error: it is about to close the WebSocket by itself. On Open Liberty 26.0.0.3 a close of ours would
     * meanwhile keep a thread for five seconds; so it comes later, and only if it is still needed.
     */
    void broken() {
        lost();
        context.timer().schedule(CLOSE_DELAY, () -> doors.slowCloses().add(() -> closeSocket(Closing.SESSION_CLOSED)));
    }

    private void closeLater() {
        Closing how = closing;
        if (how != null) {
            doors.closes().add(() -> closeSocket(how));
        }
    }

    private void closeSocket(Closing how) {
        if (!socket.isOpen()) {
            return; // Open Liberty 26.0.0.3 would make the thread wait for a close that is under way already
        }
        try {
            socket.close(new CloseReason(code(how), ""));
        } catch (IOException | RuntimeException e) { // it is closed already
            LOG.log(System.Logger.Level.TRACE, "A WebSocket could not be closed.", e);
        }
    }

    private static CloseCode code(Closing how) {
        return switch (how) {
            case TOO_BIG -> CloseCodes.TOO_BIG;
            case GOING_AWAY -> CloseCodes.GOING_AWAY;
            case SESSION_CLOSED, CLIENT_CLOSED, DISCARDED -> CloseCodes.NORMAL_CLOSURE;
        };
    }

    /** The end of one asynchronous send. Some containers call it before the send returns: no recursion then. */
    private final class Completion implements SendHandler {

        private final int size;
        private final Runnable sent;
        private final AtomicBoolean first = new AtomicBoolean();

        Completion(int size, Runnable sent) {
            this.size = size;
            this.sent = sent;
        }

        @Override
        public void onResult(SendResult result) {
            if (!result.isOK()) {
                fail(result.getException());
            } else if (credit != null) {
                proveAgain(credit);
            }
            ended();
            if (!first.compareAndSet(false, true)) {
                sent.run();
            }
        }

        /** Back to the blocking remote: what is small and went out at once shows that there is room for a ping. */
        private void proveAgain(SendCredit covering) {
            covering.add(size);
            synchronized (WebSocketTransport.this) {
                if (size > SMALL || closing != null) {
                    return;
                }
                waitingSender = Thread.currentThread();
            }
            try {
                askForProof(covering);
            } catch (IOException | RuntimeException e) {
                fail(e);
            }
        }

        /** Called when the send has returned: whether it has ended as well. */
        boolean hasEnded() {
            return !first.compareAndSet(false, true);
        }
    }
}
