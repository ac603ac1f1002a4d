package io.portcullis.socketio.security;

import java.util.Locale;

/**
 * Immutable. What the audit trail tells of. The types of tokens, event limits, bans and room rights are reserved: this
 * version never writes them.
 */
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
    /** Somebody's credentials were not accepted. */
    AUTHENTICATION_FAILED,
    /** A token came to its end under a socket. */
    TOKEN_EXPIRED,
    /** A socket has a new token. */
    TOKEN_REFRESHED,
    /** A token was declared void. */
    TOKEN_REVOKED,
    /** A refresh token came a second time: somebody has stolen it. */
    REFRESH_REUSED,
    /** Somebody was not allowed to do something. */
    ACCESS_DENIED,
    /** Somebody did something too often. */
    RATE_LIMITED,
    /** A connection was above a limit. */
    CONNECTION_LIMITED,
    /** Somebody may not come for a while. */
    BANNED,
    /** Somebody got a right to a room. */
    ROOM_GRANTED,
    /** Somebody lost a right to a room. */
    ROOM_REVOKED,
    /** Somebody was sent away; the detail says by whom. */
    EVICTED,
    /** A limit was changed while the server runs. */
    LIMITS_CHANGED;

    /**
     * Whether clients can make as many of them as they like.
     *
     * @return false for what administrators do
     */
    boolean isOfClients() {
        return switch (this) {
            case CONNECTED,
                    DISCONNECTED,
                    ORIGIN_REFUSED,
                    AUTHENTICATION_FAILED,
                    TOKEN_EXPIRED,
                    TOKEN_REFRESHED,
                    REFRESH_REUSED,
                    ACCESS_DENIED,
                    RATE_LIMITED,
                    CONNECTION_LIMITED,
                    BANNED -> true;
            case ORIGIN_ADDED,
                    ORIGIN_REMOVED,
                    TOKEN_REVOKED,
                    ROOM_GRANTED,
                    ROOM_REVOKED,
                    EVICTED,
                    LIMITS_CHANGED -> false;
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
