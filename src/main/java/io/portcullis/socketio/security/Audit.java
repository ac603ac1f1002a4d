package io.portcullis.socketio.security;

import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.SocketConnected;
import io.portcullis.socketio.SocketDisconnected;
import io.portcullis.socketio.config.ConfigurationException;
import io.portcullis.socketio.config.Key;
import io.portcullis.socketio.config.ServerConfig;
import io.portcullis.socketio.store.AuditLog;
import io.portcullis.socketio.store.Database;
import io.portcullis.socketio.store.SecurityEvent;
import io.portcullis.socketio.store.StoreException;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Thread-safe. The audit trail of this node, and its way into the store. */
@ApplicationScoped
public class Audit {

    private static final System.Logger LOG = System.getLogger(Audit.class.getName());

    @Inject
    Database database;

    @Inject
    AuditLog log;

    @Resource
    ManagedExecutorService executor;

    private volatile @Nullable AuditTrail trail;
    private Duration retention = Duration.ZERO;
    private String node = "";
    private boolean enabled;

    /** For the container. */
    @SuppressWarnings("NullAway.Init") // the container injects
    public Audit() {}

    /**
     * Called once at start, before anything else that needs the store, which it opens.
     *
     * @param config what the configuration says
     * @throws ConfigurationException if the store cannot be opened, with what to change
     */
    public void start(ServerConfig config) {
        openStore(config.get(Key.STORE_DATA_SOURCE), config.get(Key.AUDIT_KEY));
        enabled = config.get(Key.AUDIT_ENABLED);
        node = config.get(Key.NODE).isEmpty() ? hostName() : config.get(Key.NODE);
        retention = config.get(Key.AUDIT_RETENTION);
        trail = new AuditTrail(this::write, executor, Clock.systemUTC(), config.get(Key.AUDIT_QUEUE));
    }

    private void openStore(String dataSource, byte[] key) {
        if (key.length > 0) {
            log.authenticateWith(key);
        }
        try {
            database.open(dataSource);
        } catch (StoreException e) {
            throw new ConfigurationException(
                    "'socketio." + Key.STORE_DATA_SOURCE.name() + "' is '" + dataSource + "', but " + e.getMessage()
                            + ".",
                    e);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed";
        }
    }

    /**
     * Takes an event. Returns at once; does nothing when the audit is switched off.
     *
     * @param event what happened
     */
    public void record(AuditEvent event) {
        AuditTrail present = trail;
        if (enabled && present != null) {
            present.record(event);
        }
    }

    void connected(@Observes SocketConnected event) {
        record(event(AuditType.CONNECTED, event.socket()));
    }

    void disconnected(@Observes SocketDisconnected event) {
        record(event(AuditType.DISCONNECTED, event.socket())
                .withCode(event.reason().text()));
    }

    private static AuditEvent event(AuditType type, Socket socket) {
        Handshake handshake = socket.handshake();
        return AuditEvent.of(type)
                .at(handshake.endpoint(), handshake.address())
                .by(Identity.of(handshake.principal()))
                .of(socket.id(), socket.namespace());
    }

    /** Whether what happens is written down. */
    boolean isWritten() {
        AuditTrail present = trail;
        return present == null || present.isWritten();
    }

    /** For how many events there was no room. */
    long lost() {
        AuditTrail present = trail;
        return present == null ? 0 : present.lost();
    }

    private void write(List<AuditTrail.Entry> entries) {
        log.append(entries.stream().map(this::row).toList());
    }

    private SecurityEvent row(AuditTrail.Entry entry) {
        AuditEvent event = entry.event();
        Identity user = event.user();
        AuditEvent.SocketName socket = event.socket();
        return new SecurityEvent(
                0,
                entry.first(),
                node,
                event.type().text(),
                event.place().endpoint(),
                event.place().address(),
                user == null ? null : user.issuer(),
                user == null ? null : user.subject(),
                socket == null ? null : socket.id(),
                socket == null ? null : socket.namespace(),
                event.matter().target(),
                event.matter().code(),
                event.matter().detail(),
                entry.occurrences());
    }

    /** Called once a second: what waits is written. Does not wait. */
    void turn() {
        AuditTrail present = trail;
        if (present != null) {
            present.turn();
        }
    }

    /**
     * Removes the entries that are too old. Waits for the store.
     *
     * @throws StoreException if it does not answer
     */
    void clean() {
        if (enabled) {
            long gone = log.expire(Instant.now().minus(retention));
            LOG.log(System.Logger.Level.DEBUG, "{0} entries of the audit trail were older than {1}.", gone, retention);
        }
    }

    /** Writes what waits: the application ends. */
    void close() {
        AuditTrail present = trail;
        if (present != null) {
            present.close();
        }
    }
}
