package io.portcullis.socketio.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.util.List;

/**
 * Confined to its transaction, in which no other one has it. Where the chain of security events begins and ends; the one
 * row of its table.
 *
 * <p>Its seal is a digest of the rest. A head whose seal is broken is never sealed again, so that the next entry does not
 * cover up what was done to it; entries are still appended.
 */
@Entity
@Table(name = "portcullis_audit_chain")
class ChainHead {

    private static final int THE_ONE = 1;

    /** The seal of nothing. */
    private static final String CONDEMNED = "condemned";

    @Id
    private int id;

    @Column(name = "first_number")
    private long firstNumber;

    @Column(name = "before_digest")
    private String beforeDigest;

    @Column(name = "last_number")
    private long lastNumber;

    @Column(name = "last_digest")
    private String lastDigest;

    private String seal;

    @SuppressWarnings("NullAway.Init") // the provider fills it
    protected ChainHead() {}

    /** Waits until no other transaction has it. */
    static ChainHead lock(EntityManager entities) {
        ChainHead head = entities.find(ChainHead.class, THE_ONE, LockModeType.PESSIMISTIC_WRITE);
        if (head == null) {
            throw new StoreException("The row of portcullis_audit_chain is missing.");
        }
        return head;
    }

    /** The number of the first entry that is kept. */
    long firstNumber() {
        return firstNumber;
    }

    /** The digest of the entry before the first. */
    String beforeDigest() {
        return beforeDigest;
    }

    /** The number of the last entry, or that before the first if there are none. */
    long lastNumber() {
        return lastNumber;
    }

    String lastDigest() {
        return lastDigest;
    }

    /** It was set back, perhaps to a state whose seal is right: from now on the seal is wrong for good. */
    void condemn() {
        seal = CONDEMNED;
    }

    /** Makes the next entry. */
    SecurityEventRow append(SecurityEvent event, ChainDigest digests) {
        boolean intact = isIntact(digests);
        SecurityEventRow row = new SecurityEventRow(lastNumber + 1, lastDigest, event, digests);
        lastNumber = row.number();
        lastDigest = row.digest();
        seal = intact ? digests.of(this) : seal;
        return row;
    }

    /** Lets the chain begin after an entry. */
    void beginAfter(long number, String digest, ChainDigest digests) {
        boolean intact = isIntact(digests);
        firstNumber = number + 1;
        beforeDigest = digest;
        seal = intact ? digests.of(this) : seal;
    }

    /** Whether it is as it was written. One that was never written has no seal. */
    boolean isIntact(ChainDigest digests) {
        boolean fresh = firstNumber == 1 && lastNumber == 0 && texts().stream().allMatch(String::isEmpty);
        return fresh ? seal.isEmpty() : seal.equals(digests.of(this));
    }

    /** The numbers that the seal is made of. */
    List<Long> numbers() {
        return List.of(firstNumber, lastNumber);
    }

    /** The texts that the seal is made of. */
    List<String> texts() {
        return List.of(beforeDigest, lastDigest);
    }
}
