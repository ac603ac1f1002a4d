package io.portcullis.socketio.security;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Where a page comes from, as browsers tell it: two are equal if scheme, host and port are.
 *
 * <p>Source: RFC 6454, sections 4 to 6.2.
 *
 * @param scheme in lower case
 * @param host in the form in which hosts are compared
 * @param port the port, also if it is the scheme's own; -1 for a scheme that has none
 */
public record Origin(String scheme, String host, int port) {

    /** No page can have this one: for requests with a host that is none. */
    static final Origin NONE = new Origin("none", "", -1);

    /** What a browser can send is shorter. */
    private static final int LONGEST = 300;

    private static final Pattern SYNTAX =
            Pattern.compile("([a-z][a-z0-9+.-]*)://(\\[[^\\]/]*]|[^:/\\[\\]]+)(?::([1-9][0-9]{0,4}))?");

    /**
     * Reads an {@code Origin} header or a configured origin, strictly: a user, a path, a last slash, a last dot, or anything
     * but ASCII makes it none.
     *
     * @param text for example {@code https://app.example}
     * @return the origin; null if the text is none
     */
    public static @Nullable Origin parse(String text) {
        Matcher parts = SYNTAX.matcher(text);
        if (text.length() > LONGEST || !parts.matches()) {
            return null;
        }
        Host host = Host.parse(parts.group(2));
        int port = parts.group(3) == null ? defaultPort(parts.group(1)) : Integer.parseInt(parts.group(3));
        return host == null || port > 65_535 ? null : new Origin(parts.group(1), host.text(), port);
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> -1;
        };
    }

    boolean isSecure() {
        return !scheme.equals("http") && !scheme.equals("ws");
    }

    Host hostPart() {
        return new Host(host);
    }

    /** As browsers write it: without the port if it is the scheme's own. */
    @Override
    public String toString() {
        return scheme + "://" + host + (port == defaultPort(scheme) ? "" : ":" + port);
    }
}
