package io.portcullis.socketio.rest;

import io.portcullis.socketio.security.AuditEvent;
import io.portcullis.socketio.security.AuditType;
import io.portcullis.socketio.security.Identity;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** Confined to its request. Who calls the administration, and from where; filled by {@link AdministrationFilter}. */
@RequestScoped
class Caller {

    private @Nullable Identity identity;
    private @Nullable String address;

    /** For the container. */
    Caller() {}

    void identify(@Nullable Identity who, @Nullable String from) {
        identity = who;
        address = from;
    }

    @Nullable String address() {
        return address;
    }

    /** For those who were let in. */
    Identity identity() {
        Identity who = identity;
        if (who == null) {
            throw new IllegalStateException("Nobody was let in.");
        }
        return who;
    }

    /** For those who read what was done. */
    String description() {
        Identity who = identity();
        return "by " + who.subject() + (who.issuer() == null ? "" : " of " + who.issuer())
                + (address == null ? "" : " at " + address);
    }

    /** Of what the caller does or tries, perhaps to an endpoint. */
    AuditEvent event(AuditType type, @Nullable String endpoint) {
        return AuditEvent.of(type).at(endpoint, address).by(identity);
    }
}
