package io.portcullis.socketio.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Confined to its transaction. A security event as it is in the database, with its place in the chain. */
@Entity
@Table(name = "portcullis_audit")
class SecurityEventRow {

    @Id
    @Column(name = "entry_number")
    private long number;

    @Column(name = "occurred_at")
    private long time;

    private String node;
    private String type;
    private @Nullable String endpoint;
    private @Nullable String address;
    private @Nullable String issuer;
    private @Nullable String subject;

    @Column(name = "socket_id")
    private @Nullable String socketId;

    private @Nullable String namespace;
    private @Nullable String target;
    private @Nullable String code;
    private @Nullable String detail;
    private int occurrences;
    private String digest;

    @SuppressWarnings("NullAway.Init") // the provider fills it
    protected SecurityEventRow() {}

    /** Takes an event at its place; the texts are cut to the lengths of the columns. */
    SecurityEventRow(long number, String previousDigest, SecurityEvent event, ChainDigest digests) {
        this.number = number;
        this.time = event.time().toEpochMilli();
        this.node = Text.fit(event.node(), 100);
        this.type = Text.fit(event.type(), 50);
        this.endpoint = Text.fitOrNull(event.endpoint(), 100);
        this.address = Text.fitOrNull(event.address(), 100);
        this.issuer = Text.fitOrNull(event.issuer(), 500);
        this.subject = Text.fitOrNull(event.subject(), 255);
        this.socketId = Text.fitOrNull(event.socketId(), 100);
        this.namespace = Text.fitOrNull(event.namespace(), 255);
        this.target = Text.fitOrNull(event.target(), 255);
        this.code = Text.fitOrNull(event.code(), 100);
        this.detail = Text.fitOrNull(event.detail(), 1000);
        this.occurrences = event.occurrences();
        this.digest = ""; // until the rest is there
        this.digest = digests.of(this, previousDigest);
    }

    /** Whether nothing of it was changed, and what is before it is what was before it. */
    boolean follows(String previousDigest, ChainDigest digests) {
        return digests.of(this, previousDigest).equals(digest);
    }

    SecurityEvent toEvent() {
        return new SecurityEvent(
                number,
                Instant.ofEpochMilli(time),
                node,
                type,
                endpoint,
                address,
                issuer,
                subject,
                socketId,
                namespace,
                target,
                code,
                detail,
                Math.max(occurrences, 1)); // someone may have changed it
    }

    long number() {
        return number;
    }

    String digest() {
        return digest;
    }

    /** The numbers that the digest is made of. */
    List<Long> numbers() {
        return List.of(number, time, (long) occurrences);
    }

    /** The texts that the digest is made of. */
    List<@Nullable String> texts() {
        return Arrays.asList(node, type, endpoint, address, issuer, subject, socketId, namespace, target, code, detail);
    }
}
