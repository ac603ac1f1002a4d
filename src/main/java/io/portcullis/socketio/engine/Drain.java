package io.portcullis.socketio.engine;

import io.portcullis.socketio.DisconnectReason;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/**
 * Thread-safe; the work is done on the timer. Ends all sessions, a slice at a time, so that not all clients come back at
 * once.
 */
final class Drain {

    private static final System.Logger LOG = System.getLogger(Drain.class.getName());

    private static final long PAUSE = Duration.ofMillis(100).toNanos();

    /** How long clients that are between two polls have to come and fetch the news. */
    private static final long GRACE = Duration.ofSeconds(2).toNanos();

    private final SessionRegistry registry;
    private final Collection<Session> sessions;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private Iterator<Session> round;
    private volatile double perPause;
    private double quota;
    private long waited;

    Drain(SessionRegistry registry, Collection<Session> sessions) {
        this.registry = registry;
        this.sessions = sessions;
        this.round = sessions.iterator();
    }

    /** Takes so long for those that are here now; one that has begun never gets slower. */
    void spread(Duration spread) {
        double pauses = Math.max(1, (double) spread.toNanos() / PAUSE);
        perPause = Math.max(perPause, Math.max(1, registry.size()) / pauses);
    }

    void start() {
        registry.context().timer().schedule(0, this::next);
    }

    CompletableFuture<Void> ended() {
        return ended;
    }

    private void next() {
        quota += perPause;
        for (; quota >= 1 && round.hasNext(); quota--) {
            end(round.next());
        }
        if (!round.hasNext()) {
            round = sessions.iterator(); // who slipped in meanwhile
            if (sessions.stream().noneMatch(Session::isOpen)) {
                await();
                return;
            }
        }
        registry.context().timer().schedule(PAUSE, this::next);
    }

    private static void end(Session session) {
        if (!session.isOpen()) {
            return;
        }
        try {
            session.closeGracefully(() -> tell(session), DisconnectReason.SERVER_SHUTTING_DOWN);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A listener failed at the end of its session.", e);
        }
    }

    private static void tell(Session session) {
        try {
            session.endpoint().listener().draining(session);
        } catch (RuntimeException e) { // one failing listener must not keep the others here
            LOG.log(System.Logger.Level.ERROR, "A listener failed when its session was to be closed.", e);
        }
    }

    private void await() {
        if (registry.size() > 0 && waited < GRACE) {
            waited += PAUSE;
            registry.context().timer().schedule(PAUSE, this::await);
            return;
        }
        try {
            registry.closeAll();
        } finally {
            ended.complete(null);
        }
    }
}
