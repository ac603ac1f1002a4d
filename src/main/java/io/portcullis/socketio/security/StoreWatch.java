package io.portcullis.socketio.security;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. Keeps this node and the store together: every second the audit trail is written, every three seconds the origins
 * that another node may have changed are read, which also tells whether the store is there, and every hour what is too old goes.
 */
@ApplicationScoped
public class StoreWatch {

    /** Near: WildFly 39 keeps a cancelled task, and with it the whole application, until its time has come. */
    private static final long TURN_SECONDS = 1;

    private static final long BETWEEN_CLEANINGS = Duration.ofHours(1).toNanos();

    @Inject
    Audit audit;

    @Inject
    OriginPolicies origins;

    @Resource
    ManagedScheduledExecutorService scheduler;

    @Resource
    ManagedExecutorService executor;

    private volatile @Nullable Lookout lookout;
    private @Nullable ScheduledFuture<?> turning;
    private @Nullable Long cleaned;

    /** For the container. */
    @SuppressWarnings("NullAway.Init") // the container injects
    public StoreWatch() {}

    /** Called once at the end of a start that went well. */
    public void start() {
        // elsewhere: Payara's scheduler has one thread, which must not wait for a database
        Lookout looking = new Lookout(executor, this::look);
        lookout = looking;
        turning = scheduler.scheduleWithFixedDelay(
                () -> {
                    audit.turn();
                    looking.turn();
                },
                TURN_SECONDS,
                TURN_SECONDS,
                TimeUnit.SECONDS);
    }

    private synchronized void look() {
        origins.refresh();
        long now = System.nanoTime();
        if (cleaned == null || now - cleaned >= BETWEEN_CLEANINGS) {
            audit.clean();
            cleaned = now;
        }
    }

    /**
     * Whether the store is there, and what happens is written down.
     *
     * @return false while the store is away, known after some seconds, or while nobody has time to write
     */
    public boolean isWritten() {
        Lookout looking = lookout;
        return (looking == null || looking.isFresh()) && audit.isWritten();
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
