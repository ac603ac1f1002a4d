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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

    /** Entries of one kind, which are those that a client can make as many of as it likes, among those that wait. */
    private static final int ALIKE = 20;

    private static final String OTHERS = "(others)";

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int LONGEST_PAUSE = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Consumer<List<Entry>> store;
    private final ScheduledExecutorService scheduler;
    private final Executor executor;
    private final Clock clock;
    private final int capacity;
    private final Map<AuditEvent, Entry> waiting = new LinkedHashMap<>();
    /** How many of each kind were told since nothing waited. */
    private final Map<AuditEvent, Integer> kinds = new HashMap<>();
    /** What is being written, or could not be. Touched by one writer at a time. */
    private List<Entry> batch = List.of();

    private boolean scheduled;
    private boolean writing;
    private int failures;
    private long dropped;

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
     * @param scheduler tells when to write; never waits for the store
     * @param executor where it writes
     * @param clock the wall clock
     * @param capacity how many entries may wait
     */
    public AuditTrail(
            Consumer<List<Entry>> store,
            ScheduledExecutorService scheduler,
            Executor executor,
            Clock clock,
            int capacity) {
        this.store = store;
        this.scheduler = scheduler;
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
                schedule(PAUSE);
            } else {
                dropped++;
            }
        }
    }

    private int room(AuditType type) {
        return type.isOfClients() ? capacity - capacity / 10 : capacity;
    }

    /** What clients do as often as they like makes no more than a few entries of one address and user at a time. */
    private AuditEvent bounded(AuditEvent event) {
        if (!event.type().isOfClients()) {
            return event;
        }
        String address = event.address();
        AuditEvent kind = event.withoutSocket()
                .at(event.endpoint(), address == null ? null : Addresses.group(address))
                .withTarget(OTHERS);
        if (kinds.size() >= capacity && !kinds.containsKey(kind)) {
            return AuditEvent.of(event.type()).withTarget(OTHERS);
        }
        return kinds.merge(kind, 1, Integer::sum) <= ALIKE ? event : kind;
    }

    private void schedule(Duration pause) {
        if (!scheduled) {
            try {
                scheduler.schedule(this::hand, pause.toMillis(), TimeUnit.MILLISECONDS);
                scheduled = true;
            } catch (RejectedExecutionException e) { // the application ends: close() writes
                LOG.log(System.Logger.Level.DEBUG, "The scheduler takes nothing more.", e);
            }
        }
    }

    private void hand() {
        try {
            executor.execute(this::write);
        } catch (RejectedExecutionException e) { // all are busy
            LOG.log(System.Logger.Level.DEBUG, "The executor takes nothing now.", e);
            synchronized (waiting) {
                scheduled = false;
                schedule(PAUSE);
            }
        }
    }

    private void write() {
        synchronized (waiting) {
            scheduled = false;
        }
        boolean written = writeBatch();
        synchronized (waiting) {
            if (!written || !waiting.isEmpty()) {
                schedule(written ? PAUSE : PAUSE.multipliedBy(Math.min(LONGEST_PAUSE, 1L << Math.min(failures, 5))));
            }
        }
    }

    /** Writes what comes next; false if it could not. */
    private boolean writeBatch() {
        List<Entry> next = begin();
        if (next == null) {
            return true;
        }
        Throwable failure = null;
        try {
            if (!next.isEmpty()) {
                store.accept(next);
            }
        } catch (RuntimeException | LinkageError e) { // a library that is not there must not end the trail either
            failure = e;
        }
        end(failure);
        return failure == null;
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
                if (waiting.isEmpty()) {
                    kinds.clear();
                }
            }
            return batch;
        }
    }

    private void end(@Nullable Throwable failure) {
        long lost = 0;
        boolean isFirst;
        synchronized (waiting) {
            writing = false;
            waiting.notifyAll();
            isFirst = failures == 0;
            if (failure == null) {
                batch = List.of();
                failures = 0;
                lost = dropped;
                dropped = 0;
            } else {
                failures++;
            }
        }
        if (failure != null) {
            System.Logger.Level level = isFirst ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG;
            LOG.log(level, "The audit trail cannot be written now; it waits.", failure);
        } else if (lost > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The audit trail lacks {0} entries, for which there was no room.",
                    lost);
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

    /** Writes what waits, here and now: the application ends. What cannot be written is lost, and counted in the log. */
    public void close() {
        boolean goesOn = awaitWriter();
        int left = size();
        while (goesOn && left > 0) {
            goesOn = writeBatch();
            left = size();
        }
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
    private boolean awaitWriter() {
        long end = System.nanoTime() + PATIENCE.toNanos();
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
