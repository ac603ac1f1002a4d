package io.portcullis.socketio.security;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Confined to its request. What trusted proxies say of a request: each appends where it had it from, so the last entry that is
 * not of a trusted proxy is the client. What the client itself may have written is left of that, and is not looked at.
 *
 * <p>Source: RFC 7239; for {@code X-Forwarded-*} there is no standard, only usage.
 */
final class ForwardedHeaders {

    private static final Pattern PAIR = Pattern.compile(
            "\\s*+([A-Za-z0-9!#$%&'*+.^_`|~-]++)=(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s\",;]*+))\\s*+(;|$)");
    /** No chain of proxies is longer. */
    private static final int MOST_HOPS = 20;

    private final TrustedProxies trusted;
    private final Peer peer;
    private final InetAddress address;

    ForwardedHeaders(TrustedProxies trusted, Peer peer, InetAddress address) {
        this.trusted = trusted;
        this.peer = peer;
        this.address = address;
    }

    RequestSource source(Function<String, List<String>> headers) {
        List<Hop> forwarded = forwarded(headers.apply("Forwarded"));
        List<Hop> xForwarded = xForwarded(headers);
        if (forwarded.isEmpty() || xForwarded.isEmpty()) {
            return follow(forwarded.isEmpty() ? xForwarded : forwarded);
        }
        RequestSource one = follow(forwarded);
        RequestSource other = follow(xForwarded);
        // a proxy that writes one of the two passes the other on as the client has written it: neither can be believed
        return one.address().equals(other.address()) ? one : RequestSource.of(peer, address);
    }

    /** From the nearest proxy outwards. */
    private RequestSource follow(List<Hop> hops) {
        InetAddress client = address;
        Hop outermost = null;
        for (Hop hop : hops) {
            if (!trusted.contains(client)) {
                break;
            }
            outermost = hop;
            InetAddress next = hop.address();
            if (next == null) {
                break; // a proxy that hides whom it forwards for stands for them
            }
            client = next;
        }
        return RequestSource.of(outermost == null ? peer : outermost.asSeenFrom(peer), client);
    }

    private static List<Hop> forwarded(List<String> values) {
        List<Hop> hops = new ArrayList<>();
        for (String element : fromTheRight(values)) {
            hops.add(hop(element));
        }
        return hops;
    }

    /** One element; what RFC 7239 does not allow says nothing. */
    private static Hop hop(String element) {
        Map<String, String> pairs = new HashMap<>();
        Matcher pair = PAIR.matcher(element);
        int end = 0;
        while (end < element.length()) {
            if (!pair.find(end)
                    || pair.start() != end
                    || (pair.end() == element.length() && pair.group(4).equals(";"))) {
                return new Hop(null, null, null);
            }
            String text = pair.group(2) == null ? pair.group(3) : pair.group(2).replaceAll("\\\\(.)", "$1");
            pairs.put(pair.group(1).toLowerCase(Locale.ROOT), text);
            end = pair.end();
        }
        return new Hop(pairs.get("for"), pairs.get("proto"), pairs.get("host"));
    }

    private static List<Hop> xForwarded(Function<String, List<String>> headers) {
        List<String> nodes = fromTheRight(headers.apply("X-Forwarded-For"));
        List<String> schemes = fromTheRight(headers.apply("X-Forwarded-Proto"));
        List<String> hosts = fromTheRight(headers.apply("X-Forwarded-Host"));
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            hops.add(new Hop(nodes.get(i), atOrLast(schemes, i), atOrLast(hosts, i)));
        }
        return hops;
    }

    /** Proxies that replace a header instead of appending to it leave one entry, which then is that of all. */
    private static @Nullable String atOrLast(List<String> entries, int place) {
        return entries.isEmpty() ? null : entries.get(Math.min(place, entries.size() - 1));
    }

    /** The elements of a list, the last one first: nothing that stands left of an element can change how it is read. */
    private static List<String> fromTheRight(List<String> values) {
        String list = String.join(",", values);
        List<String> elements = new ArrayList<>();
        boolean quoted = false;
        int end = list.length();
        for (int i = end - 1; i >= 0 && elements.size() < MOST_HOPS; i--) {
            char c = list.charAt(i);
            if (c == '"' && !isEscaped(list, i)) {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                elements.add(list.substring(i + 1, end).strip());
                end = i;
            }
        }
        if (!list.isEmpty() && elements.size() < MOST_HOPS) {
            elements.add(list.substring(0, end).strip());
        }
        return elements;
    }

    private static boolean isEscaped(String text, int place) {
        int backslashes = 0;
        while (place - backslashes > 0 && text.charAt(place - backslashes - 1) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    /**
     * What one proxy says.
     *
     * @param node for whom it forwards
     * @param scheme how it was asked
     * @param host for what it was asked, perhaps with a port
     */
    private record Hop(@Nullable String node, @Nullable String scheme, @Nullable String host) {

        /** An address, with or without a port and brackets; null if it is hidden. */
        @Nullable InetAddress address() {
            String text = node == null ? "" : node;
            int bracket = text.indexOf(']');
            if (text.startsWith("[") && bracket > 0) {
                return Addresses.parse(text.substring(1, bracket));
            }
            int colon = text.indexOf(':');
            boolean port = colon >= 0 && colon == text.lastIndexOf(':');
            return Addresses.parse(port ? text.substring(0, colon) : text);
        }

        Peer asSeenFrom(Peer peer) {
            String asked = scheme == null ? peer.scheme() : scheme.toLowerCase(Locale.ROOT);
            String authority = host;
            if (authority == null) {
                return new Peer(peer.address(), asked, peer.host(), scheme == null ? peer.port() : port(asked));
            }
            Origin own = Origin.parse(asked + "://" + authority);
            return own == null
                    ? new Peer(peer.address(), asked, "", -1)
                    : new Peer(peer.address(), asked, own.host(), own.port());
        }

        private static int port(String scheme) {
            return scheme.equals("https") ? 443 : 80;
        }
    }
}
