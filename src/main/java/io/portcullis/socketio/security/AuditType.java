package io.portcullis.socketio.security;

import java.util.Locale;

/** Immutable. What the audit trail tells of. */
public enum AuditType {
    /** A socket connected to a namespace. */
    CONNECTED,
    /** A socket has gone; the code is its reason. */
    DISCONNECTED,
    /** A request came from a page that may not come. */
    ORIGIN_REFUSED,
    /** An origin was added while the server runs. */
    ORIGIN_ADDED,
    /** An origin was removed while the server runs. */
    ORIGIN_REMOVED,
    /** Somebody was not allowed to do something. */
    ACCESS_DENIED,
    /** Somebody was sent away by an administrator. */
    EVICTED,
    /** A connection was above a limit. */
    CONNECTION_LIMITED,
    /** A limit was changed while the server runs. */
    LIMITS_CHANGED;

    /**
     * Whether clients can make as many of them as they like.
     *
     * @return false for what administrators do
     */
    boolean isOfClients() {
        return switch (this) {
            case CONNECTED, DISCONNECTED, ORIGIN_REFUSED, ACCESS_DENIED, CONNECTION_LIMITED -> true;
            case ORIGIN_ADDED, ORIGIN_REMOVED, LIMITS_CHANGED, EVICTED -> false;
        };
    }

    /**
     * The name that operators see.
     *
     * @return for example {@code origin_refused}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
