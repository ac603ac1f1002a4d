package io.portcullis.socketio.security;

import org.jspecify.annotations.Nullable;

/**
 * Immutable. Something that the audit trail tells of. Never holds a token, a cookie, a session id or a password; what clients
 * have written is made {@link Printable}.
 *
 * @param type what happened
 * @param place where
 * @param user who did it, or to whom it happened; null for nobody
 * @param socket the socket that it happened to; null for none
 * @param matter what it is about
 */
public record AuditEvent(
        AuditType type, Place place, @Nullable Identity user, @Nullable SocketName socket, Matter matter) {

    private static final Place NOWHERE = new Place(null, null);
    private static final Matter NOTHING = new Matter(null, null, null);

    /**
     * Immutable. Where something happened.
     *
     * @param endpoint the endpoint's name
     * @param address the client's address
     */
    public record Place(@Nullable String endpoint, @Nullable String address) {}

    /**
     * Immutable. A socket.
     *
     * @param id its id
     * @param namespace its namespace
     */
    public record SocketName(String id, String namespace) {}

    /**
     * Immutable. What something is about.
     *
     * @param target the origin, event, room or limit
     * @param code why, in a word
     * @param detail what else an operator should know
     */
    public record Matter(@Nullable String target, @Nullable String code, @Nullable String detail) {}

    /**
     * Of which nothing but the type is known.
     *
     * @param type what happened
     * @return the event
     */
    public static AuditEvent of(AuditType type) {
        return new AuditEvent(type, NOWHERE, null, null, NOTHING);
    }

    /**
     * The same with its place.
     *
     * @param endpoint the endpoint's name
     * @param address the client's address
     * @return a copy
     */
    public AuditEvent at(@Nullable String endpoint, @Nullable String address) {
        return new AuditEvent(type, new Place(endpoint, address), user, socket, matter);
    }

    /**
     * The same with its user.
     *
     * @param who who it is; null for nobody
     * @return a copy
     */
    public AuditEvent by(@Nullable Identity who) {
        Identity printable =
                who == null ? null : new Identity(Printable.orNull(who.issuer()), Printable.of(who.subject()));
        return new AuditEvent(type, place, printable, socket, matter);
    }

    /**
     * The same with its socket.
     *
     * @param id the socket's id
     * @param namespace the socket's namespace
     * @return a copy
     */
    public AuditEvent of(String id, String namespace) {
        return new AuditEvent(type, place, user, new SocketName(id, Printable.of(namespace)), matter);
    }

    /**
     * The same without its socket.
     *
     * @return a copy
     */
    AuditEvent withoutSocket() {
        return new AuditEvent(type, place, user, null, matter);
    }

    /**
     * The same with what it is about.
     *
     * @param target the origin, event, room or limit
     * @return a copy
     */
    public AuditEvent withTarget(@Nullable String target) {
        return about(new Matter(Printable.orNull(target), matter.code(), matter.detail()));
    }

    /**
     * The same with its reason.
     *
     * @param code the reason in a word
     * @return a copy
     */
    public AuditEvent withCode(@Nullable String code) {
        return about(new Matter(matter.target(), Printable.orNull(code), matter.detail()));
    }

    /**
     * The same with more about it.
     *
     * @param detail what else an operator should know
     * @return a copy
     */
    public AuditEvent withDetail(@Nullable String detail) {
        return about(new Matter(matter.target(), matter.code(), Printable.orNull(detail)));
    }

    private AuditEvent about(Matter other) {
        return new AuditEvent(type, place, user, socket, other);
    }
}
