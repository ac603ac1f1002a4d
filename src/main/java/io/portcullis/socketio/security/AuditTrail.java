package io.portcullis.socketio.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. Takes events from everywhere without ever waiting, and writes them down in batches, one batch a second. The same
 * event within that time becomes one entry with a count. When the store is away, events wait; when too many wait, the new ones
 * are dropped and counted. Whatever clients do, there is room for what administrators do.
 */
public final class AuditTrail {

    private static final System.Logger LOG = System.getLogger(AuditTrail.class.getName());

    /** At most so many entries a second, whatever an attacker does. */
    private static final int BATCH = 1_000;

    /** Entries of one kind that a client can cause in a second before the rest are counted in one. */
    private static final int ALIKE = 100;

    private static final String OTHERS = "(others)";

    /** Turns, each of which is a second. */
    private static final int LONGEST_PAUSE = 30;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Consumer<List<Entry>> store;
    private final Executor executor;
    private final Clock clock;
    private final int capacity;
    private final Map<AuditEvent, Entry> waiting = new LinkedHashMap<>();
    /** How many of each kind were told: since the last turn or, once half of the places are taken, since then. */
    private final Map<AuditEvent, Integer> kinds = new HashMap<>();
    /** What is being written, or could not be. Touched by one writer at a time. */
    private List<Entry> batch = List.of();

    /** Turns to come until something is written, or is tried again. */
    private int pause;

    private boolean writing;
    private int failures;
    private long lost;
    private long lostAndTold;

    private enum Outcome {
        WRITTEN,
        FAILED,
        /** Somebody else is writing. */
        BUSY
    }

    /**
     * An event and how often it came.
     *
     * @param event what happened
     * @param first when it came first
     * @param occurrences one or more
     */
    public record Entry(AuditEvent event, Instant first, int occurrences) {

        Entry again() {
            return new Entry(event, first, occurrences == Integer.MAX_VALUE ? occurrences : occurrences + 1);
        }
    }

    /**
     * A trail that writes to a store.
     *
     * @param store writes a batch, all of it or nothing; may block, and throws if it cannot
     * @param executor where it writes
     * @param clock the wall clock
     * @param capacity how many entries may wait
     */
    public AuditTrail(Consumer<List<Entry>> store, Executor executor, Clock clock, int capacity) {
        this.store = store;
        this.executor = executor;
        this.clock = clock;
        this.capacity = capacity;
    }

    /**
     * Takes an event. Returns at once.
     *
     * @param told what happened
     */
    public void record(AuditEvent told) {
        synchronized (waiting) {
            AuditEvent event = waiting.containsKey(told) ? told : bounded(told);
            Entry known = waiting.get(event);
            if (known != null) {
                waiting.put(event, known.again());
            } else if (waiting.size() + batch.size() < room(event.type())) {
                waiting.put(event, new Entry(event, clock.instant(), 1));
            } else {
                lost++;
            }
        }
    }

    private int room(AuditType type) {
        return type.isOfClients() ? capacity - capacity / 10 : capacity;
    }

    /** What clients do as often as they like makes no more than {@link #ALIKE} entries a second of one address and user. */
    private AuditEvent bounded(AuditEvent event) {
        if (!event.type().isOfClients()) {
            return event;
        }
        String address = event.place().address();
        AuditEvent kind = event.withoutSocket()
                .at(event.place().endpoint(), address == null ? null : Addresses.group(address))
                .withTarget(OTHERS);
        if (kinds.size() >= capacity && !kinds.containsKey(kind)) {
            return AuditEvent.of(event.type()).withTarget(OTHERS);
        }
        return kinds.merge(kind, 1, Integer::sum) <= ALIKE ? event : kind;
    }

    /** Called once a second. Has what waits written, elsewhere; a task that the executor has lost is handed to it again. */
    public void turn() {
        synchronized (waiting) {
            int waits = waiting.size() + batch.size();
            if (waits < capacity / 2) { // while the store is away, the other half is for other clients
                kinds.clear();
            }
            boolean idle = waits == 0;
            if (idle || --pause > 0) {
                return;
            }
            pause = LONGEST_PAUSE;
        }
        try {
            executor.execute(this::write);
        } catch (RejectedExecutionException e) { // all are busy, or the application ends, and close() writes
            LOG.log(System.Logger.Level.DEBUG, "The executor takes nothing now.", e);
            synchronized (waiting) {
                pause = 0;
            }
        }
    }

    private void write() {
        Outcome outcome = writeBatch();
        synchronized (waiting) {
            if (outcome == Outcome.WRITTEN) {
                pause = 0;
            } else if (outcome == Outcome.FAILED) {
                pause = Math.min(LONGEST_PAUSE, 1 << Math.min(failures, 5));
            }
        }
    }

    private Outcome writeBatch() {
        List<Entry> next = begin();
        if (next == null) {
            return Outcome.BUSY;
        }
        Throwable failure = new IllegalStateException("The store has thrown an error.");
        try {
            if (!next.isEmpty()) {
                store.accept(next);
            }
            failure = null;
        } catch (RuntimeException | LinkageError e) { // a library that is not there must not end the trail either
            failure = e;
        } finally {
            end(failure);
        }
        return failure == null ? Outcome.WRITTEN : Outcome.FAILED;
    }

    /** The next batch, or null if somebody else is writing. */
    private @Nullable List<Entry> begin() {
        synchronized (waiting) {
            if (writing) {
                return null;
            }
            writing = true;
            if (batch.isEmpty()) {
                batch = new ArrayList<>();
                Iterator<Entry> oldest = waiting.values().iterator();
                while (oldest.hasNext() && batch.size() < BATCH) {
                    batch.add(oldest.next());
                    oldest.remove();
                }
            }
            return batch;
        }
    }

    private void end(@Nullable Throwable failure) {
        boolean isFirst;
        synchronized (waiting) {
            writing = false;
            waiting.notifyAll();
            isFirst = failures == 0;
            batch = failure == null ? List.of() : batch;
            failures = failure == null ? 0 : failures + 1;
        }
        if (failure == null) {
            tellOfLosses();
        } else {
            System.Logger.Level level = isFirst ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG;
            LOG.log(level, "The audit trail cannot be written now; it waits.", failure);
        }
    }

    private void tellOfLosses() {
        long untold;
        synchronized (waiting) {
            untold = lost - lostAndTold;
            lostAndTold = lost;
        }
        if (untold > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The audit trail lacks {0} entries, for which there was no room.",
                    untold);
        }
    }

    /**
     * Whether what happens is written down.
     *
     * @return false while the store is away; not for what was dropped, which clients could bring about
     */
    public boolean isWritten() {
        synchronized (waiting) {
            return failures == 0;
        }
    }

    /**
     * For how many events there was no room.
     *
     * @return since the start
     */
    public long lost() {
        synchronized (waiting) {
            return lost;
        }
    }

    /** Writes what waits, here and now: the application ends. What cannot be written is lost, and counted in the log. */
    public void close() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Outcome outcome = Outcome.WRITTEN;
        while (size() > 0 && outcome != Outcome.FAILED && awaitWriter(end)) {
            outcome = writeBatch();
        }
        tellOfLosses();
        int left = size();
        if (left > 0) {
            LOG.log(System.Logger.Level.ERROR, "The audit trail loses {0} entries, which could not be written.", left);
        }
    }

    private int size() {
        synchronized (waiting) {
            return waiting.size() + batch.size();
        }
    }

    /** A batch that is on its way is waited for, but not for ever; false if it still is. */
    private boolean awaitWriter(long end) {
        synchronized (waiting) {
            try {
                for (long left = end - System.nanoTime(); writing && left > 0; left = end - System.nanoTime()) {
                    waiting.wait(1 + left / 1_000_000);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return !writing;
        }
    }
}
