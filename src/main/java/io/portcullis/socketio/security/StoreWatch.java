package io.portcullis.socketio.security;

import io.portcullis.socketio.store.StoreException;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. Keeps this node and the store together: every second the audit trail is written, every three seconds the origins
 * that another node may have changed are read, which also tells whether the store is there, and every hour what is too old goes.
 */
@ApplicationScoped
public class StoreWatch {

    private static final System.Logger LOG = System.getLogger(StoreWatch.class.getName());

    /** Near: WildFly 39 keeps a cancelled task, and with it the whole application, until its time has come. */
    private static final long TURN_SECONDS = 1;

    private static final int TURNS_BETWEEN_LOOKS = 3;
    private static final long BETWEEN_CLEANINGS = Duration.ofHours(1).toNanos();

    @Inject
    Audit audit;

    @Inject
    OriginPolicies origins;

    @Resource
    ManagedScheduledExecutorService scheduler;

    @Resource
    ManagedExecutorService executor;

    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean reachable = true;
    private @Nullable ScheduledFuture<?> turning;
    private int turns;
    private boolean cleaned;
    private long cleanedAt;

    /** For the container. */
    @SuppressWarnings("NullAway.Init") // the container injects
    public StoreWatch() {}

    /** Called once at the end of a start that went well. */
    public void start() {
        turning = scheduler.scheduleWithFixedDelay(this::turn, TURN_SECONDS, TURN_SECONDS, TimeUnit.SECONDS);
    }

    private void turn() {
        audit.turn();
        if (++turns % TURNS_BETWEEN_LOOKS == 0 && looking.compareAndSet(false, true)) {
            try {
                executor.execute(this::look); // Payara's scheduler has one thread, which must not wait for a database
            } catch (RejectedExecutionException e) { // all are busy: at the next turn
                LOG.log(System.Logger.Level.DEBUG, "The executor takes nothing now.", e);
                looking.set(false);
            }
        }
    }

    private void look() {
        try {
            origins.refresh();
            cleanInTime();
            reachable = true;
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.DEBUG, "The store does not answer now.", e);
            reachable = false;
        } finally {
            looking.set(false);
        }
    }

    private void cleanInTime() {
        long now = System.nanoTime();
        if (!cleaned || now - cleanedAt >= BETWEEN_CLEANINGS) {
            audit.clean();
            cleaned = true;
            cleanedAt = now;
        }
    }

    /**
     * Whether the store is there, and what happens is written down.
     *
     * @return false while the store is away, known after some seconds
     */
    public boolean isWritten() {
        return reachable && audit.isWritten();
    }

    /**
     * For how many events the audit trail had no room.
     *
     * @return since the start
     */
    public long lost() {
        return audit.lost();
    }

    /** Called once at the end: writes what waits. */
    public void close() {
        if (turning != null) {
            turning.cancel(false);
        }
        audit.close();
    }
}
