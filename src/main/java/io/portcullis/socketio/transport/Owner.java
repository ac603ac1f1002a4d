package io.portcullis.socketio.transport;

import io.portcullis.socketio.config.SessionOwner;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. Whom a session id belongs to. The address is not asked: clients that move change it, and others share it.
 *
 * <p>Whether a client keeps cookies shows with the first request after its handshake. If it brings the cookie that it was
 * given, or another one of ours (the pages of a browser that connect at the same time overwrite each other's), then all that
 * follow must.
 */
final class Owner {

    private final SessionOwner policy;
    private final @Nullable String user;
    private @Nullable String cookie;
    private boolean decided;

    /**
     * For a session that is being opened.
     *
     * @param policy what counts
     * @param user the login of its first request
     * @param cookie what its first request brought, or was given if every client must keep it; null otherwise
     */
    Owner(SessionOwner policy, @Nullable String user, @Nullable String cookie) {
        this.policy = policy;
        this.user = user;
        this.cookie = cookie;
        this.decided = cookie != null;
    }

    /** Whether a request comes from the client that the session was made for. */
    synchronized boolean mayUse(@Nullable String login, @Nullable String brought) {
        if (policy == SessionOwner.OFF) {
            return true;
        }
        if (user != null && login != null && !user.equals(login)) {
            return false;
        }
        if (!decided) {
            if (user != null && login == null) {
                return false; // neither proves anything yet, so it decides nothing
            }
            decided = true;
            cookie = brought;
        }
        if (cookie != null) {
            return brought != null && OwnerCookie.isEqual(cookie, brought);
        }
        return user == null || login != null;
    }
}
