package io.portcullis.socketio.transport;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.config.Key;
import io.portcullis.socketio.engine.EnginePacket;
import io.portcullis.socketio.engine.PacketFormatException;
import io.portcullis.socketio.engine.Session;
import io.portcullis.socketio.engine.Transport.Closing;
import io.portcullis.socketio.engine.Upgrade;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Confined to its WebSocket, whose callbacks come one after another. Adapts them to the session: opens one, or takes part
 * in a change of transport, and from then on hands messages over.
 */
public class WebSocketEndpoint extends Endpoint {

    private static final System.Logger LOG = System.getLogger(WebSocketEndpoint.class.getName());

    /** Longer than a container's queue of messages that it has read takes to come to its end. */
    private static final long OVERTAKEN = Duration.ofMillis(100).toNanos();

    private volatile @Nullable Doors doors;
    private volatile @Nullable WebSocketTransport transport;

    /**
     * Not plain fields: Open Liberty 26.0.0.3 writes those of an endpoint, and what they refer to, into a file when a WebSocket fails
     * ("first failure data capture"), and a session's id and URL must be in no log. It does not see into the JDK's own classes.
     */
    private final AtomicReference<@Nullable Session> session = new AtomicReference<>();

    private final AtomicReference<@Nullable Upgrade> upgrade = new AtomicReference<>();

    /** For the container. */
    public WebSocketEndpoint() {}

    @Override
    public void onOpen(jakarta.websocket.Session socket, EndpointConfig config) {
        Admission admitted = Admission.redeem(socket.getUserProperties().remove(Admission.PROPERTY));
        if (admitted != null) {
            try {
                open(socket, admitted);
            } catch (RuntimeException e) { // the client has gone already
                admitted.release();
                throw e;
            }
        } else {
            refuse(socket);
        }
    }

    private void open(jakarta.websocket.Session socket, Admission admission) {
        Doors shared = admission.doors();
        doors = shared;
        int maxPayload = admission.endpoint().maxPayload();
        socket.setMaxIdleTimeout(0); // the session's own heartbeat decides
        // what is a little too large is read to its end and refused by us: a container that refuses it earlier cuts the
        // connection before the client has learnt why
        int largest = (int) Math.min(2L * maxPayload, Integer.MAX_VALUE);
        socket.setMaxTextMessageBufferSize(largest);
        socket.setMaxBinaryMessageBufferSize(largest);
        long sendTimeout = admission.endpoint().config().get(Key.PING_TIMEOUT).toMillis();
        WebSocketTransport opened = new WebSocketTransport(socket, shared, sendTimeout, this::failed);
        socket.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) opened::pong);
        MessageAssembler assembler = new MessageAssembler(maxPayload, this::text, this::binary, this::tooBig);
        socket.addMessageHandler(String.class, (MessageHandler.Partial<String>)
                (part, last) -> opened.own(() -> assembler.text(part, last)));
        socket.addMessageHandler(byte[].class, (MessageHandler.Partial<byte[]>)
                (part, last) -> opened.own(() -> assembler.binary(part, last)));
        transport = opened;
        opened.own(() -> begin(admission, opened));
    }

    private void begin(Admission admission, WebSocketTransport opened) {
        Session upgrading = admission.upgrading();
        if (upgrading == null) {
            admission
                    .doors()
                    .registry()
                    .open(admission.endpoint(), admission.handshake(), opened, created -> created(created, admission));
        } else {
            Upgrade begun = upgrading.beginUpgrade(opened);
            session.set(upgrading);
            upgrade.set(begun);
            if (begun == null) {
                opened.close(Closing.DISCARDED);
            } else {
                upgrading.stayIf(admission.mayStillCome());
            }
        }
        Session present = session.get();
        if (present != null && !admission.mayStillCome().getAsBoolean()) { // its origin was removed meanwhile
            present.close(DisconnectReason.ORIGIN_REMOVED);
        }
    }

    private void created(Session created, Admission admission) {
        session.set(created);
        created.stayIf(admission.mayStillCome());
        created.whenEnded(admission::release);
    }

    private static void refuse(jakarta.websocket.Session socket) {
        try {
            socket.close(new CloseReason(CloseCodes.VIOLATED_POLICY, ""));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "A WebSocket that was not admitted could not be closed.", e);
        }
    }

    private void text(String message) {
        Session current = session.get();
        if (current != null) {
            try {
                EnginePacket packet = EnginePacket.decode(message);
                receive(current, packet);
            } catch (PacketFormatException e) {
                formatError(current, e);
            }
        }
    }

    private void receive(Session current, EnginePacket packet) {
        Upgrade attempt = upgrade.get();
        if (current.transport() == transport) {
            current.receive(packet);
        } else if (attempt != null) {
            attempt.receive(packet);
        }
    }

    private void binary(byte[] message) {
        Session current = session.get();
        Upgrade attempt = upgrade.get();
        if (current != null && current.transport() == transport) {
            current.receive(message);
        } else if (attempt != null) {
            attempt.fail();
        }
    }

    private void formatError(Session current, PacketFormatException error) {
        LOG.log(System.Logger.Level.DEBUG, "Session closed: {0}.", error.getMessage());
        end(current, DisconnectReason.PARSE_ERROR, Closing.SESSION_CLOSED);
    }

    private void tooBig() {
        Session current = session.get();
        if (current != null) {
            end(current, DisconnectReason.TRANSPORT_ERROR, Closing.TOO_BIG);
        }
    }

    /** The connection has gone. What the client had sent before counts, even if the container has not yet handed it over. */
    private void ended(DisconnectReason reason) {
        Session current = session.get();
        Doors present = doors;
        if (current != null && present != null && present.quirks().closeOvertakes()) {
            present.timer().schedule(OVERTAKEN, () -> failed(reason));
        } else {
            failed(reason);
        }
    }

    private void failed(DisconnectReason reason) {
        Session current = session.get();
        if (current != null) {
            end(current, reason, Closing.SESSION_CLOSED);
        }
    }

    /** The session ends if this is its transport; otherwise the attempt to change to it has failed. */
    private void end(Session current, DisconnectReason reason, Closing how) {
        WebSocketTransport own = transport;
        Upgrade attempt = upgrade.get();
        if (own != null) {
            current.transportEnded(own, reason, how);
            if (attempt != null) {
                attempt.fail();
            }
            own.close(how);
        }
    }

    @Override
    public void onClose(jakarta.websocket.Session socket, CloseReason reason) {
        LOG.log(System.Logger.Level.TRACE, "WebSocket closed: {0}.", reason.getCloseCode());
        WebSocketTransport own = transport;
        if (own != null) {
            own.lost();
        }
        ended(reason(reason.getCloseCode().getCode()));
    }

    /** Some containers close for a broken frame or a message that is too big without calling onError. */
    private static DisconnectReason reason(int code) {
        return code == CloseCodes.PROTOCOL_ERROR.getCode()
                        || code == CloseCodes.NOT_CONSISTENT.getCode()
                        || code == CloseCodes.TOO_BIG.getCode()
                ? DisconnectReason.TRANSPORT_ERROR
                : DisconnectReason.TRANSPORT_CLOSE;
    }

    @Override
    public void onError(jakarta.websocket.Session socket, Throwable error) {
        LOG.log(System.Logger.Level.DEBUG, "A WebSocket failed.", error);
        WebSocketTransport own = transport;
        if (own != null) {
            own.broken();
        }
        ended(DisconnectReason.TRANSPORT_ERROR);
    }
}
