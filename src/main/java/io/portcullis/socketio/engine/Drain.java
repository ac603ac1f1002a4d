package io.portcullis.socketio.engine;

import io.portcullis.socketio.DisconnectReason;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/** Confined to the timer. Ends all sessions, a slice at a time, so that not all clients come back at once. */
final class Drain {

    private static final long PAUSE = Duration.ofMillis(100).toNanos();

    /** So few clients at once are no trouble, however long the end may take. */
    private static final int SMALLEST_SLICE = 50;

    /** How long clients that are between two polls have to come and fetch the news. */
    private static final long GRACE = Duration.ofSeconds(2).toNanos();

    private final SessionRegistry registry;
    private final TimerWheel timer;
    private final Iterator<Session> sessions;
    private final int slice;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private long waited;

    Drain(SessionRegistry registry, Iterator<Session> sessions, Duration spread) {
        this.registry = registry;
        this.timer = registry.context().timer();
        this.sessions = sessions;
        long slices = Math.max(1, spread.toNanos() / PAUSE);
        this.slice = (int) Math.max(SMALLEST_SLICE, registry.size() / slices + 1);
    }

    CompletableFuture<Void> start() {
        timer.schedule(0, this::next);
        return ended;
    }

    private void next() {
        for (int i = 0; i < slice && sessions.hasNext(); i++) {
            Session session = sessions.next();
            session.endpoint().listener().draining(session);
            session.closeGracefully(DisconnectReason.SERVER_SHUTTING_DOWN);
        }
        if (sessions.hasNext()) {
            timer.schedule(PAUSE, this::next);
        } else {
            await();
        }
    }

    private void await() {
        if (registry.size() > 0 && waited < GRACE) {
            waited += PAUSE;
            timer.schedule(PAUSE, this::await);
        } else {
            registry.closeAll();
            ended.complete(null);
        }
    }
}
