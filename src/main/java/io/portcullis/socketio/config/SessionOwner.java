package io.portcullis.socketio.config;

import java.util.Locale;

/** Immutable. Whether a session id counts only from the client that it was made for. */
public enum SessionOwner {
    /** It counts from everybody. */
    OFF,
    /** From the login that made it, and, if the client keeps cookies, from the one with the cookie. */
    WHEN_POSSIBLE,
    /** Only from the client with the cookie, and the login if there was one. */
    REQUIRED;

    /**
     * As it is written in the configuration.
     *
     * @return in lower case, with dashes
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
