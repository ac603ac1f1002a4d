package io.portcullis.socketio.security;

import org.jspecify.annotations.Nullable;

/**
 * Immutable. One entry of the list of allowed origins: an origin, or a pattern whose host begins with {@code *}, which
 * stands for exactly one label.
 *
 * @param origin what it must equal; of a pattern, without the star and its dot
 * @param isPattern whether exactly one label must come before the host
 */
record OriginRule(Origin origin, boolean isPattern) {

    private static final String STAR = "://*.";

    /** Reads an entry; null if it is none. A pattern needs two labels that are fixed: not every host of a country. */
    static @Nullable OriginRule parse(String text) {
        boolean pattern = text.contains(STAR);
        Origin origin = Origin.parse(pattern ? text.replaceFirst("://\\*\\.", "://") : text);
        if (origin == null
                || (pattern
                        && (origin.host().indexOf('.') < 0 || origin.hostPart().isAddress()))) {
            return null;
        }
        return new OriginRule(origin, pattern);
    }

    boolean allows(Origin page) {
        if (!isPattern) {
            return origin.equals(page);
        }
        int label = page.host().indexOf('.');
        return label > 0
                && page.host().substring(label + 1).equals(origin.host())
                && page.port() == origin.port()
                && page.scheme().equals(origin.scheme());
    }

    @Override
    public String toString() {
        return isPattern ? origin.toString().replaceFirst("://", STAR) : origin.toString();
    }
}
