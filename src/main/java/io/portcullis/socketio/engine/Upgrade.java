package io.portcullis.socketio.engine;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. One attempt of a client to change from polling to WebSocket. Until it succeeds the session lives on
 * polling; when it fails, polling goes on. Source: Engine.IO protocol 4, "Upgrade".
 */
public final class Upgrade {

    private static final long RELEASE_INTERVAL = Duration.ofMillis(100).toNanos();
    private static final int IMMEDIATE_RELEASES = 3;
    private static final String PROBE = "2probe";

    private final Session session;
    private final Transport candidate;
    private final TimerWheel timers;
    private final TimerWheel.Timer timeout;
    private TimerWheel.@Nullable Timer release;
    private int releases;
    private boolean probed;
    private boolean ended;

    Upgrade(Session session, Transport candidate, TimerWheel timers, long timeoutNanos) {
        this.session = session;
        this.candidate = candidate;
        this.timers = timers;
        this.timeout = timers.schedule(timeoutNanos, this::fail);
    }

    /**
     * A packet has arrived on the new transport.
     *
     * @param packet the packet
     */
    public void receive(EnginePacket packet) {
        if (packet.type() == EnginePacket.Type.UPGRADE) {
            succeed();
        } else if (packet.text().equals(PROBE)) {
            probe();
        } else {
            fail();
        }
    }

    /** Answers, and from now on releases polls: "Without that the client's poll would hang until the next ping". */
    private void probe() {
        synchronized (this) {
            if (ended || probed) {
                return;
            }
            probed = true;
        }
        candidate.send(List.of(EnginePacket.PROBE_ANSWER), session::flush);
        release();
    }

    /** A poll has come while the attempt goes on. The first ones go at once, the others by the clock. */
    void pollArrived() {
        boolean now;
        synchronized (this) {
            now = probed && !ended && releases < IMMEDIATE_RELEASES;
            if (now) {
                releases++;
            }
        }
        if (now) {
            session.releasePoll();
        }
    }

    private void release() {
        synchronized (this) {
            if (ended) {
                return;
            }
            release = timers.schedule(RELEASE_INTERVAL, this::release);
        }
        session.releasePoll();
    }

    private void succeed() {
        if (end()) {
            session.upgradeTo(candidate);
        }
    }

    /** Gives the attempt up and closes the new transport alone. */
    public void fail() {
        if (end()) {
            session.upgradeFailed(this);
            candidate.close(Transport.Closing.DISCARDED);
        }
    }

    private boolean end() {
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
            timeout.cancel();
            if (release != null) {
                release.cancel();
            }
            return true;
        }
    }
}
