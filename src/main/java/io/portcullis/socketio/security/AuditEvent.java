package io.portcullis.socketio.security;

import org.jspecify.annotations.Nullable;

/**
 * Immutable. Something that the audit trail tells of. Never holds a token, a cookie, a session id or a password; what clients
 * have written is made {@link Printable}.
 *
 * @param type what happened
 * @param endpoint where
 * @param address the client's address
 * @param issuer who vouches for the subject
 * @param subject who did it, or to whom it happened
 * @param socketId the socket's id
 * @param namespace the socket's namespace
 * @param target the origin, event, room or limit that it is about
 * @param code why, in a word
 * @param detail what else an operator should know
 */
public record AuditEvent(
        AuditType type,
        @Nullable String endpoint,
        @Nullable String address,
        @Nullable String issuer,
        @Nullable String subject,
        @Nullable String socketId,
        @Nullable String namespace,
        @Nullable String target,
        @Nullable String code,
        @Nullable String detail) {

    /**
     * Of which nothing but the type is known.
     *
     * @param type what happened
     * @return the event
     */
    public static AuditEvent of(AuditType type) {
        return new AuditEvent(type, null, null, null, null, null, null, null, null, null);
    }

    /**
     * The same with its place.
     *
     * @param where the endpoint's name
     * @param from the client's address
     * @return a copy
     */
    public AuditEvent at(@Nullable String where, @Nullable String from) {
        return new AuditEvent(type, where, from, issuer, subject, socketId, namespace, target, code, detail);
    }

    /**
     * The same with its user.
     *
     * @param user who it is; null for nobody
     * @return a copy
     */
    public AuditEvent by(@Nullable Identity user) {
        return new AuditEvent(
                type,
                endpoint,
                address,
                user == null ? null : Printable.orNull(user.issuer()),
                user == null ? null : Printable.of(user.subject()),
                socketId,
                namespace,
                target,
                code,
                detail);
    }

    /**
     * The same with its socket.
     *
     * @param id the socket's id
     * @param name the socket's namespace
     * @return a copy
     */
    public AuditEvent of(String id, String name) {
        return new AuditEvent(
                type, endpoint, address, issuer, subject, id, Printable.orNull(name), target, code, detail);
    }

    /**
     * The same without its socket.
     *
     * @return a copy
     */
    AuditEvent withoutSocket() {
        return new AuditEvent(type, endpoint, address, issuer, subject, null, null, target, code, detail);
    }

    /**
     * The same with what it is about.
     *
     * @param what the origin, event, room or limit
     * @return a copy
     */
    public AuditEvent withTarget(@Nullable String what) {
        return new AuditEvent(
                type, endpoint, address, issuer, subject, socketId, namespace, Printable.orNull(what), code, detail);
    }

    /**
     * The same with its reason.
     *
     * @param why the reason in a word
     * @return a copy
     */
    public AuditEvent withCode(@Nullable String why) {
        return new AuditEvent(
                type, endpoint, address, issuer, subject, socketId, namespace, target, Printable.orNull(why), detail);
    }

    /**
     * The same with more about it.
     *
     * @param more what else an operator should know
     * @return a copy
     */
    public AuditEvent withDetail(@Nullable String more) {
        return new AuditEvent(
                type, endpoint, address, issuer, subject, socketId, namespace, target, code, Printable.orNull(more));
    }
}
