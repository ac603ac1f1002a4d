package io.portcullis.socketio.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe; every method waits for the database. The security events of all nodes, in one chain: each entry carries a
 * digest of itself and of the one before it, and a head says which is the last.
 *
 * <p>Whoever can write to the database and knows the key, or finds the chain without one, can write a new chain.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.NOT_SUPPORTED) // suspends the caller's
public class AuditLog {

    private static final int MOST = 10_000;
    private static final int EXPIRED_AT_ONCE = 5_000;

    @Inject
    Database database;

    private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());

    /** The last number that this node has written. A head that is behind it was set back. */
    private final AtomicLong highest = new AtomicLong();

    private final AtomicBoolean condemned = new AtomicBoolean();

    private volatile ChainDigest digests = ChainDigest.unkeyed();

    /** For the container. */
    @SuppressWarnings("NullAway.Init") // the container injects
    public AuditLog() {}

    AuditLog(Database database) {
        this.database = database;
    }

    /**
     * Called at most once, at start: digests are made with a key that whoever writes to the database does not know. All nodes
     * have the same, as long as there are entries.
     *
     * @param key secret, 32 bytes or more
     */
    public void authenticateWith(byte[] key) {
        digests = ChainDigest.keyed(key);
    }

    /**
     * Writes events in their order, all or none, with the next numbers.
     *
     * @param events not yet written
     * @throws StoreException if they were not written
     */
    public void append(List<SecurityEvent> events) {
        long last = database.call(entities -> {
            ChainHead head = ChainHead.lock(entities);
            if (head.lastNumber() < highest.get()) {
                condemn(head);
            }
            events.forEach(event -> entities.persist(head.append(event, digests)));
            return head.lastNumber();
        });
        highest.accumulateAndGet(last, Math::max);
    }

    private void condemn(ChainHead head) {
        head.condemn();
        if (condemned.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "The audit log was set back from entry {0} to {1} while this node runs: somebody has restored or changed it.",
                    String.valueOf(highest.get()),
                    String.valueOf(head.lastNumber()));
        }
    }

    /**
     * Finds events, the newest first.
     *
     * @param type of this type alone, if given
     * @param subject of this subject alone, if given
     * @param since not before this time, if given
     * @param limit how many at most, from 1 to 10,000
     * @return the events
     * @throws StoreException if the database does not answer
     */
    public List<SecurityEvent> find(
            @Nullable String type, @Nullable String subject, @Nullable Instant since, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("The limit is from 1 to " + MOST + ", not " + limit + ".");
        }
        return database.call(entities -> entities.createQuery(query(entities, type, subject, since))
                .setMaxResults(limit)
                .getResultStream()
                .map(SecurityEventRow::toEvent)
                .toList());
    }

    private static CriteriaQuery<SecurityEventRow> query(
            EntityManager entities, @Nullable String type, @Nullable String subject, @Nullable Instant since) {
        CriteriaBuilder builder = entities.getCriteriaBuilder();
        CriteriaQuery<SecurityEventRow> query = builder.createQuery(SecurityEventRow.class);
        Root<SecurityEventRow> row = query.from(SecurityEventRow.class);
        List<Predicate> conditions = new ArrayList<>();
        if (type != null) {
            conditions.add(builder.equal(row.get("type"), type));
        }
        if (subject != null) {
            conditions.add(builder.equal(row.get("subject"), subject));
        }
        if (since != null) {
            conditions.add(builder.ge(row.<Long>get("time"), since.toEpochMilli()));
        }
        return query.where(conditions.toArray(Predicate[]::new)).orderBy(builder.desc(row.get("number")));
    }

    /**
     * Looks at every entry. Takes memory for one page of them; writers wait for one page at most.
     *
     * @return whether the log is as it was written, or where it is not
     * @throws StoreException if the database does not answer
     */
    public Verification verify() {
        ChainWalk walk = new ChainWalk(digests, highest.get());
        Optional<Verification> result = Optional.empty();
        while (result.isEmpty()) {
            result = database.call(walk::step);
        }
        return result.get();
    }

    /**
     * Deletes the oldest entries, up to the first one that is not older. The others can still be verified.
     *
     * @param before what is older goes
     * @return how many went
     * @throws StoreException if the database does not answer; some may have gone
     */
    public long expire(Instant before) {
        long all = 0;
        long some;
        do {
            some = database.call(entities -> expireSome(entities, before.toEpochMilli()));
            all += some;
        } while (some == EXPIRED_AT_ONCE);
        return all;
    }

    private long expireSome(EntityManager entities, long before) {
        ChainHead head = ChainHead.lock(entities);
        long first = head.firstNumber();
        long most = Math.min(head.lastNumber() + 1, first + EXPIRED_AT_ONCE);
        Long kept = entities.createQuery(
                        "select min(r.number) from SecurityEventRow r where r.number < :most and r.time >= :before",
                        Long.class)
                .setParameter("most", most)
                .setParameter("before", before)
                .getSingleResult();
        long end = kept == null ? most : kept;
        SecurityEventRow last = entities.find(SecurityEventRow.class, end - 1);
        if (end <= first || last == null) { // an entry that is missing is to be found by a verification
            return 0;
        }
        entities.createQuery("delete from SecurityEventRow r where r.number >= :first and r.number < :end")
                .setParameter("first", first)
                .setParameter("end", end)
                .executeUpdate();
        head.beginAfter(last.number(), last.digest(), digests);
        return end - first;
    }
}
