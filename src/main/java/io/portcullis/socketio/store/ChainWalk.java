package io.portcullis.socketio.store;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Confined to its caller. Goes along the chain, a page in each transaction, so that writers wait for a page at most. */
final class ChainWalk {

    private static final int PAGE = 500;

    private static final String HEAD = "The head of the chain was changed, or it was written with another key.";

    private final ChainDigest digests;
    private final long highest;
    private long position; // of the next entry; numbers begin at 1
    private String previousDigest = "";
    private long intact;
    private boolean brokenHead;
    private @Nullable Verification result;

    /**
     * At the beginning.
     *
     * @param highest a number that is known to have been written
     */
    ChainWalk(ChainDigest digests, long highest) {
        this.digests = digests;
        this.highest = highest;
    }

    /** Looks at the next page, and says what was found once that is known. */
    Optional<Verification> step(EntityManager entities) {
        ChainHead head = ChainHead.lock(entities);
        brokenHead |= !head.isIntact(digests);
        if (position < head.firstNumber()) { // the beginning, or what was next has expired meanwhile
            position = head.firstNumber();
            previousDigest = head.beforeDigest();
        }
        Long before = entities.createQuery(
                        "select min(r.number) from SecurityEventRow r where r.number < :first", Long.class)
                .setParameter("first", head.firstNumber())
                .getSingleResult();
        if (before == null) {
            page(entities, head);
        } else {
            end(before, "This entry is before the first one.");
        }
        return Optional.ofNullable(result);
    }

    private void page(EntityManager entities, ChainHead head) {
        List<SecurityEventRow> rows = entities.createQuery(
                        "select r from SecurityEventRow r where r.number >= :position order by r.number",
                        SecurityEventRow.class)
                .setParameter("position", position)
                .setMaxResults(PAGE)
                .getResultList();
        for (SecurityEventRow row : rows) {
            if (result == null) {
                take(row, head);
            }
        }
        if (result == null && rows.size() < PAGE) {
            atEnd(head);
        }
    }

    private void take(SecurityEventRow row, ChainHead head) {
        if (position > head.lastNumber()) {
            end(row.number(), "This entry is after the last one.");
        } else if (row.number() != position) {
            end(position, "This entry is missing.");
        } else if (!row.follows(previousDigest, digests)) {
            end(position, "This entry was changed.");
        } else {
            previousDigest = row.digest();
            position++;
            intact++;
        }
    }

    private void atEnd(ChainHead head) {
        if (position <= Math.max(head.lastNumber(), highest)) {
            end(position, "This entry is missing.");
        } else if (!previousDigest.equals(head.lastDigest())) {
            end(head.lastNumber(), "This entry is not the one that was written last.");
        } else if (brokenHead) {
            end(null, "All entries fit together.");
        } else {
            result = new Verification(true, head.lastNumber() - head.firstNumber() + 1, null, null);
        }
    }

    private void end(@Nullable Long number, String reason) {
        result = new Verification(false, intact, number, brokenHead ? HEAD + " " + reason : reason);
    }
}
