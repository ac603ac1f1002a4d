package io.portcullis.ledger;

import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.store.AuditLog;
import io.portcullis.socketio.store.SecurityEvent;
import io.portcullis.socketio.store.StoredOrigin;
import io.portcullis.socketio.store.StoredOrigins;
import io.portcullis.socketio.store.Verification;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** Writes to the store and, in a transaction of its own, to its own unit. */
@Namespace("/ledger")
public class LedgerNamespace {

    @Inject
    AuditLog audit;

    @Inject
    StoredOrigins origins;

    @PersistenceContext
    EntityManager entities;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transaction;

    @OnEvent("record")
    @Transactional
    public boolean record(String type, boolean rollback) {
        entities.persist(new Note());
        audit.append(List.of(SecurityEvent.of(Instant.now(), "node", type)));
        origins.add(StoredOrigin.create("default", "https://" + type + ".example", "test", Instant.now()));
        if (rollback) {
            transaction.setRollbackOnly();
        }
        return true;
    }

    @OnEvent("told")
    public String told() {
        Verification verification = audit.verify();
        List<String> types = audit.find(null, null, null, 10).stream()
                .map(SecurityEvent::type)
                .toList();
        long notes =
                entities.createQuery("select count(n) from Note n", Long.class).getSingleResult();
        return types + " intact " + verification.intact() + ", origins "
                + origins.list().size() + ", notes " + notes;
    }
}
