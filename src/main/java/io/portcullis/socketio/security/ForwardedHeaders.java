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
            "\\s*([A-Za-z0-9!#$%&'*+.^_`|~-]+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s\",;]*))\\s*([;,]|$)");
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

    private RequestSource follow(List<Hop> hops) {
        InetAddress client = address;
        Hop nearest = null;
        for (int i = hops.size() - 1; i >= 0 && trusted.contains(client); i--) {
            nearest = hops.get(i);
            InetAddress next = nearest.node();
            if (next == null) {
                break; // a proxy that hides whom it forwards for stands for them
            }
            client = next;
        }
        return RequestSource.of(nearest == null ? peer : nearest.asSeenFrom(peer), client);
    }

    private static List<Hop> forwarded(List<String> values) {
        List<Hop> hops = new ArrayList<>();
        Map<String, String> hop = new HashMap<>();
        for (String value : values) {
            Matcher pair = PAIR.matcher(value);
            int end = 0;
            while (end < value.length()) {
                if (!pair.find(end) || pair.start() != end || hops.size() >= MOST_HOPS) {
                    return List.of(); // not what RFC 7239 allows: as if nothing had been said
                }
                String text =
                        pair.group(2) == null ? pair.group(3) : pair.group(2).replaceAll("\\\\(.)", "$1");
                hop.put(pair.group(1).toLowerCase(Locale.ROOT), text);
                if (!pair.group(4).equals(";")) {
                    hops.add(new Hop(node(hop.get("for")), hop.get("proto"), hop.get("host")));
                    hop.clear();
                }
                end = pair.end();
            }
        }
        return hops;
    }

    private static List<Hop> xForwarded(Function<String, List<String>> headers) {
        List<String> nodes = items(headers.apply("X-Forwarded-For"));
        List<String> schemes = items(headers.apply("X-Forwarded-Proto"));
        List<String> hosts = items(headers.apply("X-Forwarded-Host"));
        List<Hop> hops = new ArrayList<>();
        for (int i = Math.max(0, nodes.size() - MOST_HOPS); i < nodes.size(); i++) {
            int fromRight = nodes.size() - i;
            hops.add(new Hop(node(nodes.get(i)), fromRight(schemes, fromRight), fromRight(hosts, fromRight)));
        }
        return hops;
    }

    /** Proxies that replace a header instead of appending to it leave one entry, which then is that of all. */
    private static @Nullable String fromRight(List<String> entries, int place) {
        if (entries.isEmpty()) {
            return null;
        }
        return entries.get(Math.max(0, entries.size() - place));
    }

    private static List<String> items(List<String> values) {
        List<String> items = new ArrayList<>();
        for (String value : values) {
            for (String item : value.split(",", -1)) {
                items.add(item.strip());
            }
        }
        return items;
    }

    /** An address, with or without a port and brackets. */
    private static @Nullable InetAddress node(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int bracket = text.indexOf(']');
        if (text.startsWith("[") && bracket > 0) {
            return Addresses.parse(text.substring(1, bracket));
        }
        int colon = text.indexOf(':');
        boolean port = colon >= 0 && colon == text.lastIndexOf(':');
        return Addresses.parse(port ? text.substring(0, colon) : text);
    }

    /**
     * What one proxy says.
     *
     * @param node for whom it forwards; null if it hides it
     * @param scheme how it was asked
     * @param host for what it was asked, perhaps with a port
     */
    private record Hop(@Nullable InetAddress node, @Nullable String scheme, @Nullable String host) {

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
