package io.portcullis.socketio.transport;

import io.portcullis.socketio.config.SessionOwner;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. Whom a session id belongs to. The address is not asked: clients that move change it, and others share it.
 *
 * <p>Whether a client keeps cookies shows with a later request than its handshake. Once one brings the cookie that the client
 * was given, all that follow must. Another one of ours counts as well until then: the pages of a browser that connect at the
 * same time overwrite each other's. Whoever comes first with a stolen session id cannot lock its client out.
 */
final class Owner {

    private final SessionOwner policy;
    private final @Nullable String user;
    private final @Nullable String issued;
    private @Nullable String cookie;

    /**
     * For a session that is being opened.
     *
     * @param policy what counts
     * @param user the login of its first request
     * @param brought the cookie of its first request, if it had one
     * @param issued the cookie that the client was given otherwise
     */
    Owner(SessionOwner policy, @Nullable String user, @Nullable String brought, @Nullable String issued) {
        this.policy = policy;
        this.user = user;
        this.issued = issued;
        this.cookie = brought == null && policy == SessionOwner.REQUIRED ? issued : brought;
    }

    /** Whether a request comes from the client that the session was made for. */
    synchronized boolean mayUse(@Nullable String login, @Nullable String brought) {
        if (policy == SessionOwner.OFF) {
            return true;
        }
        if (user != null && login != null && !user.equals(login)) {
            return false;
        }
        boolean proves = isEqual(issued, brought);
        boolean mayBe = cookie == null && (user == null || login != null);
        if (proves || mayBe) {
            cookie = brought;
        }
        return cookie == null ? mayBe : isEqual(cookie, brought);
    }

    private static boolean isEqual(@Nullable String one, @Nullable String other) {
        return one != null && other != null && OwnerCookie.isEqual(one, other);
    }
}
