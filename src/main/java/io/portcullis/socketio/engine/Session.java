package io.portcullis.socketio.engine;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.config.TransportName;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. One Engine.IO connection: its state, what waits to be sent, and the transport that carries it now. It ends
 * once, whatever happens at the same time, and nothing brings it back.
 */
public final class Session {

    private enum State {
        OPEN,
        /** The listener knows of the end; the client is still to be told. */
        CLOSING,
        CLOSED
    }

    private final String id;
    private final Handshake handshake;
    private final EngineEndpoint endpoint;
    private final EngineContext context;
    private final SessionRegistry registry;
    private final Outbox outbox;
    private final Heartbeat heartbeat;
    private final Object lock = new Object();
    private volatile State state = State.OPEN;
    private volatile Transport transport;
    private @Nullable Upgrade upgrade;
    private TimerWheel.@Nullable Timer closeTimer;
    private volatile boolean closeTold;
    private volatile DisconnectReason closeReason = DisconnectReason.FORCED_CLOSE;
    private volatile @Nullable Object attachment;
    private @Nullable Runnable whenEnded;
    private volatile BooleanSupplier mayStay = () -> true;

    Session(Handshake handshake, EngineEndpoint endpoint, Transport transport, SessionRegistry registry) {
        this.context = registry.context();
        this.id = context.ids().next();
        this.handshake = handshake;
        this.endpoint = endpoint;
        this.transport = transport;
        this.registry = registry;
        this.outbox = new Outbox(transport, endpoint.sendQueue(), endpoint.sendQueueBytes(), this::drained);
        this.heartbeat = new Heartbeat(endpoint, context, this::ping, () -> close(DisconnectReason.PING_TIMEOUT));
    }

    /**
     * The session's id, a secret that it shares with its client alone.
     *
     * @return 27 characters of base64url
     */
    public String id() {
        return id;
    }

    /**
     * What was known about the client when it connected.
     *
     * @return the handshake
     */
    public Handshake handshake() {
        return handshake;
    }

    /**
     * The endpoint that it belongs to.
     *
     * @return the endpoint
     */
    public EngineEndpoint endpoint() {
        return endpoint;
    }

    /**
     * The transport in use.
     *
     * @return polling, or WebSocket after an upgrade
     */
    public Transport transport() {
        return transport;
    }

    /**
     * Whether packets can be exchanged.
     *
     * @return false once the end has begun
     */
    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether the end has come, and nothing is left to be told. */
    boolean isClosed() {
        return state == State.CLOSED;
    }

    /**
     * Whatever the listener has attached.
     *
     * @return the object, or null
     */
    public @Nullable Object attachment() {
        return attachment;
    }

    /**
     * Attaches an object of the listener.
     *
     * @param object replaces the present one
     */
    public void attach(Object object) {
        attachment = object;
    }

    /**
     * Sets what tells whether the client would be let in now.
     *
     * @param judge asked when what is allowed has changed; replaces the present one
     */
    public void stayIf(BooleanSupplier judge) {
        mayStay = judge;
    }

    /**
     * Whether the client would be let in now.
     *
     * @return true unless something else was set
     */
    public boolean mayStay() {
        return mayStay.getAsBoolean();
    }

    /**
     * Has something done once, after everything else, when the session has ended: at once if it has already.
     *
     * @param action what to do; replaces what was given before
     */
    public void whenEnded(Runnable action) {
        synchronized (lock) {
            if (state != State.CLOSED) {
                whenEnded = action;
                return;
            }
        }
        action.run();
    }

    /**
     * Sends a text message. Returns at once; does nothing after the end.
     *
     * @param text its content
     */
    public void send(String text) {
        send(EnginePacket.message(text), List.of(), false);
    }

    /**
     * Sends a binary message. Returns at once; does nothing after the end.
     *
     * @param data its content, which must not change any more
     */
    public void send(byte[] data) {
        send(EnginePacket.message(data, true), List.of(), false);
    }

    /**
     * Sends packets with nothing in between. A client that reads too slowly loses its session.
     *
     * @param first the first packet
     * @param rest what must follow it directly
     * @param isVolatile true to drop them all when the transport cannot take them now
     */
    public void send(EnginePacket first, List<EnginePacket> rest, boolean isVolatile) {
        if (state == State.OPEN && outbox.offer(first, rest, isVolatile) == Outbox.Offer.OVERFLOWED) {
            end(DisconnectReason.TRANSPORT_ERROR, Transport.Closing.SESSION_CLOSED);
        }
    }

    /**
     * Queues packets with nothing in between, for a {@link #flush} that follows: for callers that hold a lock.
     *
     * @param packets the packets
     */
    public void enqueue(List<EnginePacket> packets) {
        if (state == State.OPEN && outbox.enqueue(packets) == Outbox.Offer.OVERFLOWED) {
            // not here, where the caller holds a lock, and not on the executor, which may refuse
            context.timer().schedule(0, () -> end(DisconnectReason.TRANSPORT_ERROR, Transport.Closing.SESSION_CLOSED));
        }
    }

    /** Sends what can be sent now: the transport has become writable. */
    public void flush() {
        outbox.flush();
    }

    /**
     * A packet has arrived over the session's own transport.
     *
     * @param packet the packet
     * @return false if nothing more of the same payload counts
     */
    public boolean receive(EnginePacket packet) {
        if (state != State.OPEN) {
            return false;
        }
        switch (packet.type()) {
            case MESSAGE -> message(packet);
            case PONG -> heartbeat.pong();
            case PING -> end(DisconnectReason.TRANSPORT_ERROR, Transport.Closing.SESSION_CLOSED);
            case CLOSE -> end(DisconnectReason.TRANSPORT_CLOSE, Transport.Closing.CLIENT_CLOSED);
            default -> heartbeat.traffic(); // "0, 5, 6 are ignored"
        }
        return state == State.OPEN;
    }

    private void message(EnginePacket packet) {
        heartbeat.traffic();
        byte[] binary = packet.binary();
        if (binary == null) {
            endpoint.listener().message(this, packet.data());
        } else {
            endpoint.listener().message(this, binary);
        }
    }

    /**
     * A binary message has arrived over WebSocket.
     *
     * @param data its content, which is the session's to keep
     */
    public void receive(byte[] data) {
        if (state == State.OPEN) {
            heartbeat.traffic();
            endpoint.listener().message(this, data);
        }
    }

    /** A poll has come and waits for an answer. */
    public void pollArrived() {
        if (state == State.CLOSING && outbox.isEmpty()) {
            closeTold = true;
            outbox.offer(EnginePacket.NOOP, List.of(EnginePacket.CLOSE), false);
            return;
        }
        flush();
        Upgrade attempt;
        synchronized (lock) {
            attempt = upgrade;
        }
        if (attempt != null) {
            attempt.pollArrived();
        }
    }

    /** Answers a poll that would wait in vain. */
    void releasePoll() {
        Transport current = transport;
        if (current.isWritable()) {
            outbox.offer(EnginePacket.NOOP, List.of(), true);
        }
    }

    /**
     * A client wants to change the transport.
     *
     * @param candidate the new one
     * @return the attempt; null if there is one already, or the session cannot change
     */
    public @Nullable Upgrade beginUpgrade(Transport candidate) {
        synchronized (lock) {
            if (state != State.OPEN || upgrade != null || !endpoint.offersUpgrade(transport.name())) {
                return null;
            }
            upgrade = new Upgrade(this, candidate, context.timer(), endpoint.upgradeTimeout());
            return upgrade;
        }
    }

    /**
     * Whether an attempt to change the transport could begin now.
     *
     * @return true if {@link #beginUpgrade} would begin one
     */
    public boolean mayUpgrade() {
        synchronized (lock) {
            return state == State.OPEN && upgrade == null && endpoint.offersUpgrade(transport.name());
        }
    }

    /** Goes on over another transport, or closes it if the session has ended meanwhile. */
    void upgradeTo(Transport candidate) {
        State before;
        synchronized (lock) {
            before = state;
            if (before != State.CLOSED) {
                upgrade = null;
                transport = candidate;
            }
        }
        if (before == State.CLOSED) {
            candidate.close(Transport.Closing.DISCARDED);
            return;
        }
        heartbeat.forgive();
        if (before == State.OPEN) { // otherwise the listener knows of the end already
            endpoint.listener().upgraded(this);
        }
        outbox.switchTo(candidate);
    }

    void upgradeFailed(Upgrade attempt) {
        synchronized (lock) {
            if (upgrade == attempt) {
                upgrade = null;
            }
        }
    }

    private void ping() {
        send(EnginePacket.PING, List.of(), false);
    }

    /** Ends the session if a pong is overdue, even if the timer has not yet noticed. */
    boolean isExpired() {
        if (heartbeat.isOverdue()) {
            close(DisconnectReason.PING_TIMEOUT);
        }
        return state == State.CLOSED;
    }

    /**
     * The transport has gone, or the client broke a rule: ends the session at once.
     *
     * @param from the transport; nothing happens if it is no longer, or not yet, the session's own
     * @param reason why
     * @param how what the client is told
     */
    public void transportEnded(Transport from, DisconnectReason reason, Transport.Closing how) {
        if (from == transport) {
            end(reason, how);
        }
    }

    /**
     * Ends the session at once; what waits to be sent is lost.
     *
     * @param reason why
     */
    public void close(DisconnectReason reason) {
        end(
                reason,
                reason == DisconnectReason.SERVER_SHUTTING_DOWN
                        ? Transport.Closing.GOING_AWAY
                        : Transport.Closing.SESSION_CLOSED);
    }

    private void end(DisconnectReason reason, Transport.Closing how) {
        Upgrade attempt;
        Runnable last;
        boolean tell;
        synchronized (lock) {
            if (state == State.CLOSED) {
                return;
            }
            last = whenEnded;
            tell = state == State.OPEN;
            state = State.CLOSED;
            attempt = upgrade;
            if (closeTimer != null) {
                closeTimer.cancel();
            }
        }
        try {
            stop(attempt);
            outbox.clear();
            transport.close(how);
        } finally { // whatever a container throws at the end, the listener is told
            finish(tell ? reason : null, last);
        }
    }

    private void finish(@Nullable DisconnectReason reason, @Nullable Runnable last) {
        try {
            if (reason != null) {
                endpoint.listener().closed(this, reason);
            }
        } finally {
            registry.remove(this); // last: whoever waits for an empty registry waits for the listener too
            if (last != null) {
                last.run();
            }
        }
    }

    /**
     * Ends the session after what waits has been sent: over WebSocket first, over polling with the client's next polls,
     * for which its id stays valid for the close timeout. The listener is told at once.
     *
     * @param reason why
     */
    public void closeGracefully(DisconnectReason reason) {
        synchronized (lock) {
            if (state != State.OPEN) {
                return;
            }
            state = State.CLOSING;
            closeReason = reason;
            closeTimer = context.timer().schedule(endpoint.closeTimeout(), () -> close(reason));
        }
        heartbeat.stop(); // an upgrade goes on: the client may have stopped to poll, and what waits must reach it
        outbox.flush();
        endpoint.listener().closed(this, reason);
    }

    /**
     * Ends the session after some last words. Over polling, one answer has them and the end: a server that stops takes no further
     * poll.
     *
     * @param lastWords sends them
     * @param reason why
     */
    void closeGracefully(Runnable lastWords, DisconnectReason reason) {
        outbox.hold(true);
        try {
            lastWords.run();
            endWithLastWords();
        } finally {
            outbox.hold(false);
            outbox.flush(); // also if somebody else has ended it meanwhile
            closeGracefully(reason);
        }
    }

    private void endWithLastWords() {
        synchronized (lock) {
            if (state != State.OPEN || upgrade != null || !isPolling()) {
                return;
            }
        }
        closeTold = outbox.enqueue(List.of(EnginePacket.CLOSE)) == Outbox.Offer.ACCEPTED;
    }

    private void stop(@Nullable Upgrade attempt) {
        heartbeat.stop();
        if (attempt != null) {
            attempt.fail();
        }
    }

    /** Nothing can be sent now. A waiting poll is told of the end; without one, the next poll will be. */
    private void drained() {
        if (state == State.CLOSING && outbox.isEmpty() && (!isPolling() || closeTold || transport.isWritable())) {
            close(closeReason);
        }
    }

    private boolean isPolling() {
        return transport.name().equals(TransportName.POLLING.text());
    }
}
