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
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Thread-safe. The audit trail of this node, and its way into the store. */
@ApplicationScoped
public class Audit {

    private static final System.Logger LOG = System.getLogger(Audit.class.getName());
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);

    /** WildFly 39 keeps a cancelled task, and with it the whole application, until its time has come: it must be near. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    @Inject
    Database database;

    @Inject
    AuditLog log;

    @Resource
    ManagedScheduledExecutorService scheduler;

    @Resource
    ManagedExecutorService executor;

    private volatile @Nullable AuditTrail trail;
    private @Nullable ScheduledFuture<?> cleaning;
    private long cleaned = System.nanoTime();
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
        trail = new AuditTrail(this::write, scheduler, executor, Clock.systemUTC(), config.get(Key.AUDIT_QUEUE));
    }

    /** Called once at the end of a start that went well: from now on entries that are too old go. */
    public void keepClean() {
        if (enabled) {
            cleaning = scheduler.scheduleWithFixedDelay(
                    this::cleanInTime, BETWEEN_LOOKS.toSeconds(), BETWEEN_LOOKS.toSeconds(), TimeUnit.SECONDS);
        }
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

    /**
     * Whether what happens is written down.
     *
     * @return false while the store is away
     */
    public boolean isWritten() {
        AuditTrail present = trail;
        return present == null || present.isWritten();
    }

    private void write(List<AuditTrail.Entry> entries) {
        log.append(entries.stream().map(this::row).toList());
    }

    private SecurityEvent row(AuditTrail.Entry entry) {
        AuditEvent event = entry.event();
        return new SecurityEvent(
                0,
                entry.first(),
                node,
                event.type().text(),
                event.endpoint(),
                event.address(),
                event.issuer(),
                event.subject(),
                event.socketId(),
                event.namespace(),
                event.target(),
                event.code(),
                null,
                entry.occurrences());
    }

    private void cleanInTime() {
        if (System.nanoTime() - cleaned >= BETWEEN_CLEANINGS.toNanos()) {
            try {
                executor.execute(this::clean); // Payara's scheduler has one thread, which must not wait for a database
                cleaned = System.nanoTime();
            } catch (RejectedExecutionException e) { // all are busy: at the next look
                LOG.log(System.Logger.Level.DEBUG, "The executor takes nothing now.", e);
            }
        }
    }

    private void clean() {
        try {
            long gone = log.expire(Instant.now().minus(retention));
            LOG.log(System.Logger.Level.DEBUG, "{0} entries of the audit trail were older than {1}.", gone, retention);
        } catch (StoreException e) { // tried again later
            LOG.log(System.Logger.Level.DEBUG, "Old entries of the audit trail cannot be removed now.", e);
        }
    }

    /** Writes what waits: the application ends. */
    public void close() {
        if (cleaning != null) {
            cleaning.cancel(false);
        }
        AuditTrail present = trail;
        if (present != null) {
            present.close();
        }
    }
}
