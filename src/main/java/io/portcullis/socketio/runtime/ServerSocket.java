package io.portcullis.socketio.runtime;

import io.portcullis.socketio.Arguments;
import io.portcullis.socketio.BroadcastOperator;
import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.SocketEmitter;
import io.portcullis.socketio.adapter.Adapter;
import io.portcullis.socketio.adapter.Adapter.RecoverableState;
import io.portcullis.socketio.adapter.LocalSockets;
import io.portcullis.socketio.adapter.RecoveryLog;
import io.portcullis.socketio.adapter.Selection;
import io.portcullis.socketio.engine.EnginePacket;
import io.portcullis.socketio.protocol.JsonArguments;
import io.portcullis.socketio.protocol.Packet;
import java.security.Principal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. The {@link Socket} that applications receive. It is connecting until its guards have let it in, then
 * connected, then closed for good. What it sends and which rooms it enters while it is connecting takes effect with the
 * confirmation.
 */
final class ServerSocket implements Socket, LocalSockets.Member, HasSocketBeans {

    private enum State {
        CONNECTING,
        CONNECTED,
        CLOSED
    }

    private final String id;
    private final String secret;
    private final boolean recovered;
    private final String offset;
    private final Client client;
    private final NamespaceRuntime namespace;
    private final Handshake handshake;
    private final SerialQueue queue;
    private final PendingAcks pendingAcks;
    private final SocketBeans beans = new SocketBeans();
    private final ConcurrentMap<String, Object> data = new ConcurrentHashMap<>();

    /** Its lock guards every change of the state. */
    private final Confirmation confirmation;

    /** Until the confirmation those to enter, after the end those left. */
    private final Set<String> ownRooms = ConcurrentHashMap.newKeySet();

    private volatile State state = State.CONNECTING;
    private volatile boolean dropsEvents;
    private volatile DisconnectReason closeReason = DisconnectReason.TRANSPORT_CLOSE;

    ServerSocket(Client client, NamespaceRuntime namespace, Handshake handshake, @Nullable RecoverableState lost) {
        this.client = client;
        this.namespace = namespace;
        this.handshake = handshake;
        this.recovered = lost != null;
        this.id = lost != null ? lost.socketId() : namespace.nextId();
        this.secret = lost != null ? lost.secret() : namespace.nextId();
        this.offset = lost != null ? handshake.auth().getString("offset", "") : "";
        this.queue = namespace.newQueue();
        this.confirmation = new Confirmation(namespace.sendQueue());
        this.pendingAcks = new PendingAcks(namespace.maxPendingAcks());
        if (lost != null) {
            data.putAll(lost.data());
            ownRooms.addAll(lost.rooms());
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String namespace() {
        return namespace.name();
    }

    @Override
    public Handshake handshake() {
        return handshake;
    }

    @Override
    public @Nullable Principal principal() {
        return handshake.principal();
    }

    @Override
    public boolean isConnected() {
        return state == State.CONNECTED;
    }

    @Override
    public boolean isRecovered() {
        return recovered;
    }

    @Override
    public String transport() {
        return client.session().transport().name();
    }

    @Override
    public ConcurrentMap<String, Object> data() {
        return data;
    }

    @Override
    public SocketBeans beans() {
        return beans;
    }

    NamespaceRuntime namespaceRuntime() {
        return namespace;
    }

    Client client() {
        return client;
    }

    SerialQueue queue() {
        return queue;
    }

    PendingAcks pendingAcks() {
        return pendingAcks;
    }

    /** Whether events that are still queued are to be handled: not after the server has disconnected the socket. */
    boolean acceptsEvents() {
        return !dropsEvents;
    }

    @Override
    public Set<String> rooms() {
        if (state == State.CONNECTED) {
            return namespace.adapter().rooms(this);
        }
        return new HashSet<>(ownRooms);
    }

    @Override
    public void join(String... rooms) {
        synchronized (confirmation) {
            if (state == State.CONNECTING) {
                ownRooms.addAll(List.of(rooms));
                return;
            }
        }
        namespace.adapter().join(this, List.of(rooms));
    }

    @Override
    public void leave(String room) {
        synchronized (confirmation) {
            if (state == State.CONNECTING) {
                ownRooms.remove(room);
                return;
            }
        }
        namespace.adapter().leave(this, room);
    }

    @Override
    public BroadcastOperator to(String... rooms) {
        return broadcast().to(rooms);
    }

    @Override
    public BroadcastOperator broadcast() {
        return new Broadcast(namespace, new Selection(Set.of(), Set.of(id)), EmitOptions.NONE);
    }

    @Override
    public void emit(String event, @Nullable Object... arguments) {
        emit(EmitOptions.NONE, event, arguments);
    }

    void emit(EmitOptions options, String event, @Nullable Object... arguments) {
        Packet.Event packet = namespace.event(event, Packet.NO_ID, arguments);
        if (!namespace.recovers() || options.flags().isVolatile()) {
            send(packet, options);
        } else if (!isKeptForLater(packet, options)) {
            namespace.adapter().broadcast(packet, Selection.of(id), options.flags());
        }
    }

    /** An event that is emitted while the guards run gets its offset when it is sent: after what was missed. */
    private boolean isKeptForLater(Packet.Event packet, EmitOptions options) {
        synchronized (confirmation) {
            if (state == State.CONNECTED) {
                return false;
            }
            namespace.outgoing(this, packet);
            boolean compress = options.flags().compress();
            keepForLater(() -> namespace.frames(namespace.adapter().record(packet, Selection.of(id)), compress));
            return true;
        }
    }

    private void send(Packet.Event packet, EmitOptions options) {
        namespace.outgoing(this, packet);
        send(
                namespace.frames(packet, options.flags().compress()),
                options.flags().isVolatile());
    }

    @Override
    public CompletionStage<Arguments> emitWithAck(String event, @Nullable Object... arguments) {
        return emitWithAck(EmitOptions.NONE, event, arguments);
    }

    CompletionStage<Arguments> emitWithAck(EmitOptions options, String event, @Nullable Object... arguments) {
        Packet.Event packet = namespace.event(event, namespace.nextAckId(), arguments);
        return new SingleAck(this, packet.id()).await(options, () -> send(packet, options));
    }

    @Override
    public <T> CompletionStage<T> emitWithAck(Class<T> type, String event, @Nullable Object... arguments) {
        return new Emitter(this, EmitOptions.NONE).emitWithAck(type, event, arguments);
    }

    @Override
    public SocketEmitter asVolatile() {
        return new Emitter(this, EmitOptions.NONE).asVolatile();
    }

    @Override
    public SocketEmitter compress(boolean compress) {
        return new Emitter(this, EmitOptions.NONE).compress(compress);
    }

    @Override
    public SocketEmitter timeout(Duration timeout) {
        return new Emitter(this, EmitOptions.NONE).timeout(timeout);
    }

    void acknowledge(long ackId, JsonArguments arguments) {
        send(namespace.frames(new Packet.Ack(namespace(), ackId, arguments), true), false);
    }

    /** Sends a packet without an offset. */
    void send(Frames frames, boolean isVolatile) {
        if (state != State.CONNECTED) {
            synchronized (confirmation) {
                if (state != State.CONNECTED) {
                    keepForLater(() -> frames);
                    return;
                }
            }
        }
        client.session().send(frames.first(), frames.rest(), isVolatile);
    }

    /** Queues a packet with an offset. Called {@link Adapter#inOrder}, as is what confirms. */
    void enqueue(Frames frames, long sequence) {
        if (state == State.CONNECTED) {
            client.session().enqueue(frames.all());
        } else if (state == State.CONNECTING) {
            confirmation.broadcast(sequence, frames);
        }
    }

    private void keepForLater(Supplier<Frames> frames) {
        if (state == State.CONNECTING) {
            confirmation.keep(frames);
        }
    }

    /**
     * Confirms the connection: the answer goes out first, then what was missed, then what has been sent meanwhile. If all
     * that is more than may wait for the client, the session ends, and its client may come back.
     *
     * @return false if the socket has gone
     * @throws RuntimeException if something cannot be encoded or queued; the socket must then be closed
     */
    boolean confirm() {
        boolean confirmed;
        synchronized (confirmation) {
            if (state != State.CONNECTING) {
                return false;
            }
            namespace.adapter().add(this, ownRooms);
            namespace.adapter().inOrder(this::begin);
            confirmed = state == State.CONNECTED;
            if (confirmed) {
                confirmation.clear();
                ownRooms.clear();
            }
        }
        if (confirmed) {
            client.session().flush();
        } else { // not connected, so that nothing is kept: it would be too much again
            client.session().close(DisconnectReason.TRANSPORT_ERROR);
        }
        return confirmed;
    }

    /** The socket is in its rooms already: what was broadcast since is in both lists, and counts once. */
    private void begin() {
        Adapter adapter = namespace.adapter();
        List<RecoveryLog.Entry> missed = recovered ? adapter.missed(adapter.rooms(this), offset) : List.of();
        missed.forEach(entry -> confirmation.missed(entry.sequence(), namespace.frames(entry.event(), true)));
        List<EnginePacket> packets = confirmation.packets(namespace.connected(id, secret));
        if (packets.size() <= namespace.sendQueue()) {
            client.session().enqueue(packets);
            state = state == State.CONNECTING ? State.CONNECTED : state; // the queue may have been too full at once
        }
    }

    @Override
    public void disconnect(boolean close) {
        client.disconnect(this, close);
    }

    /**
     * Ends the socket, once. It leaves its rooms at once; its disconnect handlers run after the others.
     *
     * @return false if it has ended before
     */
    boolean close(DisconnectReason reason) {
        boolean wasConnected;
        synchronized (confirmation) {
            if (state == State.CLOSED) {
                return false;
            }
            wasConnected = state == State.CONNECTED;
            dropsEvents = reason == DisconnectReason.SERVER_NAMESPACE_DISCONNECT;
            state = State.CLOSED;
            closeReason = reason;
            confirmation.clear();
        }
        ownRooms.addAll(namespace.adapter().remove(this));
        if (wasConnected && reason.isRecoverable()) {
            Set<String> kept = new HashSet<>(ownRooms);
            kept.remove(id);
            namespace.adapter().keep(new RecoverableState(id, secret, kept, data));
        }
        pendingAcks.close();
        namespace.closed(this, reason, wasConnected);
        return true;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Why the socket went; meaningful once it has. */
    DisconnectReason closeReason() {
        return closeReason;
    }

    /** Between the "disconnecting" and the "disconnect" handlers. */
    void forgetRooms() {
        ownRooms.clear();
    }

    @Override
    public String toString() {
        return "socket " + id;
    }
}
