package io.portcullis.socketio.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Confined to its transaction. An allowed origin as it is in the database. */
@Entity
@Table(name = "portcullis_origin")
class StoredOriginRow {

    @Id
    private String id;

    private String endpoint;
    private String origin;

    @Column(name = "added_by")
    private String addedBy;

    @Column(name = "added_at")
    private long addedAt;

    @SuppressWarnings("NullAway.Init") // the provider fills it
    protected StoredOriginRow() {}

    StoredOriginRow(StoredOrigin origin) {
        this.id = origin.id();
        this.endpoint = origin.endpoint();
        this.origin = origin.origin();
        this.addedBy = origin.addedBy();
        this.addedAt = origin.addedAt().toEpochMilli();
    }

    StoredOrigin toOrigin() {
        return new StoredOrigin(id, endpoint, origin, addedBy, Instant.ofEpochMilli(addedAt));
    }
}
