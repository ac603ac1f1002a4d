package io.portcullis.socketio.runtime;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.adapter.Adapter.RecoverableState;
import io.portcullis.socketio.adapter.RecoveryLog;
import io.portcullis.socketio.config.Key;
import io.portcullis.socketio.config.TransportName;
import io.portcullis.socketio.engine.Session;
import io.portcullis.socketio.engine.TimerWheel;
import io.portcullis.socketio.protocol.Packet;
import io.portcullis.socketio.protocol.PacketDecoder;
import io.portcullis.socketio.protocol.ProtocolException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One session's sockets across namespaces. Messages come one after another; everything else is thread-safe. What breaks
 * the protocol closes the whole connection. Source: Socket.IO protocol 5.
 */
final class Client {

    private static final System.Logger LOG = System.getLogger(Client.class.getName());

    private final Session session;
    private final EndpointRuntime endpoint;
    private final PacketDecoder decoder;
    private final ConcurrentHashMap<String, ServerSocket> sockets = new ConcurrentHashMap<>();
    private final TimerWheel.Timer connectTimer;

    /** What may still be recovered: more than the session's send queue holds would end it, again and again. */
    private long recoverablePackets;

    private long recoverableBytes;
    private volatile TimerWheel.@Nullable Timer attachmentTimer;

    Client(Session session, EndpointRuntime endpoint) {
        this.session = session;
        this.endpoint = endpoint;
        this.decoder = endpoint.newDecoder();
        this.recoverablePackets = endpoint.config().get(Key.SEND_QUEUE);
        this.recoverableBytes = endpoint.config().get(Key.SEND_QUEUE_BYTES);
        this.connectTimer = endpoint.context()
                .timer()
                .schedule(
                        endpoint.config().get(Key.CONNECT_TIMEOUT).toNanos(),
                        () -> session.closeGracefully(DisconnectReason.FORCED_CLOSE));
    }

    Session session() {
        return session;
    }

    void message(String text) {
        try {
            handle(decoder.decodeText(text), text.length());
        } catch (ProtocolException e) {
            refuse(e);
        }
    }

    void message(byte[] data) {
        try {
            handle(decoder.decodeBinary(data), data.length);
        } catch (ProtocolException e) {
            refuse(e);
        }
    }

    private void refuse(ProtocolException error) {
        LOG.log(System.Logger.Level.DEBUG, "Session closed: {0}", error.getMessage());
        session.closeGracefully(DisconnectReason.FORCED_CLOSE);
    }

    private void handle(@Nullable Packet packet, int size) {
        if (packet == null) {
            awaitAttachments();
            return;
        }
        stopAttachmentTimer();
        if (packet instanceof Packet.Event event) {
            ServerSocket socket = joined(event);
            if (socket != null) {
                endpoint.server().dispatcher().event(socket, event, size);
            }
        } else {
            handleOther(packet);
        }
    }

    private void handleOther(Packet packet) {
        if (packet instanceof Packet.Connect connect) {
            connect(connect);
            return;
        }
        ServerSocket socket = joined(packet);
        if (socket == null) {
            return;
        }
        if (packet instanceof Packet.Ack ack) {
            socket.pendingAcks().answer(ack.id(), ack.data());
        } else if (packet instanceof Packet.Disconnect) {
            socket.close(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
        } else {
            invalidState(packet);
        }
    }

    private void stopAttachmentTimer() {
        TimerWheel.Timer timer = attachmentTimer;
        if (timer != null) {
            timer.cancel();
            attachmentTimer = null;
        }
    }

    private void awaitAttachments() {
        if (attachmentTimer == null && decoder.isIncomplete()) {
            attachmentTimer = endpoint.context()
                    .timer()
                    .schedule(
                            endpoint.config().get(Key.ATTACHMENT_TIMEOUT).toNanos(),
                            () -> session.closeGracefully(DisconnectReason.FORCED_CLOSE));
        }
    }

    /** "Any packet other than CONNECT for a namespace that is not joined" closes the connection. */
    private @Nullable ServerSocket joined(Packet packet) {
        ServerSocket socket = sockets.get(packet.namespace());
        if (socket == null || !socket.isConnected()) {
            invalidState(packet);
            return null;
        }
        return socket;
    }

    private void invalidState(Packet packet) {
        LOG.log(System.Logger.Level.DEBUG, "Session closed: its state does not allow a {0}.", packet.getClass());
        boolean polling = session.transport().name().equals(TransportName.POLLING.text());
        session.closeGracefully(polling ? DisconnectReason.FORCED_SERVER_CLOSE : DisconnectReason.FORCED_CLOSE);
    }

    private void connect(Packet.Connect packet) {
        String name = packet.namespace();
        if (sockets.containsKey(name)) {
            invalidState(packet);
            return;
        }
        Handshake handshake = session.handshake().withAuth(endpoint.server().auth(packet.data()));
        if (sockets.size() >= endpoint.config().get(Key.MAX_NAMESPACES)) {
            refuse(name, "too_many_connections");
            return;
        }
        NamespaceRuntime namespace = endpoint.acquire(name, handshake);
        if (namespace == null) {
            refuse(name, "Invalid namespace");
            return;
        }
        ServerSocket socket = new ServerSocket(this, namespace, handshake, lost(namespace, handshake.auth()));
        sockets.put(name, socket);
        if (session.isOpen()) {
            socket.queue().add(() -> endpoint.server().dispatcher().connect(socket));
        } else {
            socket.close(DisconnectReason.TRANSPORT_CLOSE);
        }
    }

    private void refuse(String name, String message) {
        send(new Packet.ConnectError(name, "{\"message\":\"" + message + "\"}"));
    }

    private @Nullable RecoverableState lost(NamespaceRuntime namespace, JsonObject auth) {
        boolean asked = namespace.recovers()
                && auth.get("pid") instanceof JsonString
                && auth.get("offset") instanceof JsonString;
        if (!asked) {
            return null;
        }
        String offset = auth.getString("offset");
        RecoverableState state = namespace.adapter().take(auth.getString("pid"), offset);
        if (state == null) {
            return null;
        }
        Set<String> rooms = new HashSet<>(state.rooms());
        rooms.add(state.socketId());
        return fits(namespace.adapter().missed(rooms, offset)) ? state : null;
    }

    private boolean fits(List<RecoveryLog.Entry> missed) {
        long packets = 1; // the confirmation
        long bytes = 0;
        for (RecoveryLog.Entry entry : missed) {
            packets += entry.packets();
            bytes += entry.bytes();
        }
        if (packets > recoverablePackets || bytes > recoverableBytes) {
            return false;
        }
        recoverablePackets -= packets;
        recoverableBytes -= bytes;
        return true;
    }

    /**
     * A socket's guards have let it in.
     *
     * @return false if it has gone, or could not be confirmed: then it is refused as if a guard had failed
     */
    boolean confirm(ServerSocket socket) {
        try {
            boolean confirmed = socket.confirm();
            if (confirmed) {
                connectTimer.cancel();
            }
            return confirmed;
        } catch (RuntimeException | Error e) { // above all, what a guard has sent cannot be encoded
            Failures failures = new Failures(endpoint.server().writer());
            refuse(socket, failures.connectError("the confirmation of " + socket, e));
            return false;
        }
    }

    /** A socket's guards have refused it: the client may try again. */
    void refuse(ServerSocket socket, String data) {
        if (socket.close(DisconnectReason.SERVER_NAMESPACE_DISCONNECT)) {
            send(new Packet.ConnectError(socket.namespace(), data));
        }
    }

    void send(Packet packet) {
        Frames frames = Frames.of(endpoint.encoder().encode(packet), true);
        session.send(frames.first(), frames.rest(), false);
    }

    /** The application disconnects a socket, or the whole client. */
    void disconnect(ServerSocket socket, boolean close) {
        if (close) {
            for (ServerSocket each : new ArrayList<>(sockets.values())) {
                leave(each);
            }
            session.closeGracefully(DisconnectReason.FORCED_CLOSE);
        } else {
            leave(socket);
        }
    }

    private void leave(ServerSocket socket) {
        if (socket.close(DisconnectReason.SERVER_NAMESPACE_DISCONNECT)) {
            send(new Packet.Disconnect(socket.namespace()));
        }
    }

    /** Sends the same event to the sockets in all namespaces. */
    void emitToAll(String event, Object argument) {
        sockets.values().forEach(socket -> socket.emit(event, argument));
    }

    void forget(ServerSocket socket) {
        sockets.remove(socket.namespace(), socket);
    }

    /** The session has ended. */
    void closed(DisconnectReason reason) {
        connectTimer.cancel();
        stopAttachmentTimer();
        List.copyOf(sockets.values()).forEach(socket -> socket.close(reason));
    }

    int size() {
        return sockets.size();
    }
}
