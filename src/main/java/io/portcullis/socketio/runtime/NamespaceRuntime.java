package io.portcullis.socketio.runtime;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.RemoteSocket;
import io.portcullis.socketio.RoomEvent;
import io.portcullis.socketio.adapter.Adapter;
import io.portcullis.socketio.adapter.Flags;
import io.portcullis.socketio.adapter.LocalAdapter;
import io.portcullis.socketio.adapter.LocalSockets;
import io.portcullis.socketio.adapter.RecoveryLog;
import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.config.Key;
import io.portcullis.socketio.engine.TimerWheel;
import io.portcullis.socketio.protocol.JsonArguments;
import io.portcullis.socketio.protocol.Packet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Thread-safe. One namespace of one endpoint: its handlers, its sockets' rooms, and how its packets are written. */
final class NamespaceRuntime implements LocalSockets {

    private final String name;
    private final NamespaceBean bean;
    private final EndpointRuntime endpoint;
    private final Adapter adapter;
    private final boolean recovers;
    private final AtomicLong ackIds = new AtomicLong();

    NamespaceRuntime(String name, NamespaceBean bean, EndpointRuntime endpoint) {
        this.name = name;
        this.bean = bean;
        this.endpoint = endpoint;
        this.recovers = endpoint.config().get(Key.RECOVERY);
        this.adapter = recovers ? recoveringAdapter() : new LocalAdapter(this);
    }

    private Adapter recoveringAdapter() {
        EndpointConfig config = endpoint.config();
        RecoveryLog.Limits limits = new RecoveryLog.Limits(
                config.get(Key.RECOVERY_DURATION).toNanos(),
                config.get(Key.RECOVERY_PACKETS),
                config.get(Key.RECOVERY_BYTES),
                config.get(Key.RECOVERY_SESSIONS));
        return new LocalAdapter(this, limits, endpoint.context().nanoTime(), nextId());
    }

    String name() {
        return name;
    }

    NamespaceBean bean() {
        return bean;
    }

    EndpointRuntime endpoint() {
        return endpoint;
    }

    Adapter adapter() {
        return adapter;
    }

    boolean recovers() {
        return recovers;
    }

    boolean skipsGuards() {
        return endpoint.config().get(Key.RECOVERY_SKIP_GUARDS);
    }

    ArgumentWriter writer() {
        return endpoint.server().writer();
    }

    ArgumentBinder binder() {
        return endpoint.server().binder();
    }

    String nextId() {
        return endpoint.context().ids().next();
    }

    long nextAckId() {
        return ackIds.getAndIncrement();
    }

    int maxPendingAcks() {
        return endpoint.config().get(Key.MAX_PENDING_ACKS);
    }

    /** How many packets may wait for one client. */
    int sendQueue() {
        return endpoint.config().get(Key.SEND_QUEUE);
    }

    SerialQueue newQueue() {
        return new SerialQueue(
                endpoint.executor(),
                endpoint.config().get(Key.RECEIVE_QUEUE),
                endpoint.config().get(Key.RECEIVE_QUEUE_BYTES));
    }

    /** Runs what may wait, an application's continuation above all. */
    void execute(Runnable work) {
        endpoint.executor().execute(work);
    }

    /** Runs something on the executor when the time for an acknowledgement is up. */
    @SuppressWarnings("FutureReturnValueIgnored") // what follows the answer is nobody's to wait for
    void startTimeout(EmitOptions options, CompletableFuture<?> answer, Runnable timedOut) {
        long nanos = options.timeout() == null
                ? endpoint.config().get(Key.ACK_TIMEOUT).toNanos()
                : options.timeout().toNanos();
        TimerWheel.Timer timer = endpoint.context().timer().schedule(nanos, () -> execute(timedOut));
        // a client that answers in time leaves nothing behind
        answer.whenComplete((value, error) -> timer.cancel());
    }

    /** An event of the application as a packet. */
    Packet.Event event(String event, long ackId, @Nullable Object... arguments) {
        return new Packet.Event(name, ackId, writer().event(event, arguments));
    }

    Frames frames(Packet packet, boolean compress) {
        return Frames.of(endpoint.encoder().encode(packet), compress);
    }

    /** The answer to a CONNECT: "exactly that key, plus pid if recovery is on". */
    Frames connected(String socketId, String secret) {
        String data = recovers
                ? "{\"sid\":\"" + socketId + "\",\"pid\":\"" + secret + "\"}"
                : "{\"sid\":\"" + socketId + "\"}";
        return frames(new Packet.Connect(name, data), true);
    }

    @Override
    public Outgoing encode(Packet.Event event, Flags flags) {
        Frames frames = frames(event, flags.compress());
        return new Outgoing() {
            @Override
            public void sendTo(Member member) {
                ServerSocket socket = (ServerSocket) member;
                outgoing(socket, event);
                socket.send(frames, flags.isVolatile());
            }

            @Override
            public void enqueueFor(Member member, long sequence) {
                ((ServerSocket) member).enqueue(frames, sequence);
            }
        };
    }

    @Override
    public void flush(Member member, Packet.Event event) {
        ServerSocket socket = (ServerSocket) member;
        outgoing(socket, event);
        socket.client().session().flush();
    }

    @Override
    public void cutOff(Member member) {
        ((ServerSocket) member).client().session().close(DisconnectReason.TRANSPORT_ERROR);
    }

    /** Shows an event that is about to be sent to whoever wants to see all. */
    void outgoing(ServerSocket socket, Packet.Event event) {
        if (!bean.anyOutgoing().isEmpty()) {
            endpoint.server().dispatcher().outgoing(socket, event);
        }
    }

    @Override
    public RemoteSocket describe(Member member) {
        ServerSocket socket = (ServerSocket) member;
        return new RemoteSocket(socket.id(), socket.handshake(), adapter.rooms(member), socket.data());
    }

    @Override
    public void disconnect(Member member, boolean close) {
        ((ServerSocket) member).disconnect(close);
    }

    @Override
    public void roomChanged(RoomEvent.Type type, String room, @Nullable String socketId) {
        endpoint.server().dispatcher().events().roomChanged(endpoint.config().name(), name, type, room, socketId);
    }

    /** A socket has ended: its client forgets it, and its handlers run after all others. */
    void closed(ServerSocket socket, DisconnectReason reason, boolean wasConnected) {
        socket.client().forget(socket);
        if (wasConnected) {
            endpoint.server().departures().begin();
            socket.queue().add(() -> disconnected(socket, reason));
        }
        endpoint.release(this);
    }

    private void disconnected(ServerSocket socket, DisconnectReason reason) {
        try {
            endpoint.server().dispatcher().disconnected(socket, reason);
        } finally {
            endpoint.server().departures().end();
        }
    }

    /** Sends an event to the other nodes. */
    JsonArguments serverEvent(String event, @Nullable Object... arguments) {
        return writer().event(event, arguments);
    }
}
