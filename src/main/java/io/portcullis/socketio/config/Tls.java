package io.portcullis.socketio.config;

import java.util.Locale;

/** Immutable. Whether requests must come by TLS, at least to a trusted proxy. */
public enum Tls {
    /** With the profile {@code prod}. */
    PRODUCTION,
    /** Always. */
    REQUIRED,
    /** Never. */
    OPTIONAL;

    /**
     * As it is written in the configuration.
     *
     * @return in lower case
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
