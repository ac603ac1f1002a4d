package io.portcullis.socketio.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. The host of an origin or of a request, in the one form in which hosts are compared: a name in lower-case
 * ASCII, a dotted IPv4 address, or an IPv6 address in brackets. Nothing is ever looked up.
 *
 * <p>Source: RFC 6454, section 4; RFC 3986, section 3.2.2; RFC 1123, section 2.1. A host whose last label is a number is an
 * IPv4 address or nothing, as browsers have it.
 *
 * @param text the form in which it is compared
 */
record Host(String text) {

    private static final int LONGEST = 253;
    private static final String LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]{2,45}]");

    /** Reads a host without a port; null if it is none. */
    static @Nullable Host parse(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[")) {
            return ipv6(lower);
        }
        boolean isHost = ENDS_IN_NUMBER.matcher(lower).matches()
                ? Addresses.IPV4.matcher(lower).matches()
                : NAME.matcher(lower).matches();
        return isHost ? new Host(lower) : null;
    }

    private static @Nullable Host ipv6(String text) {
        if (!IPV6.matcher(text).matches() || text.indexOf(':') < 0) {
            return null;
        }
        try { // with a colon it is an address or an error, never a name to be looked up
            InetAddress address = InetAddress.getByName(text);
            return new Host("[" + address.getHostAddress() + "]");
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Whether it names an address and not a name: no DNS server can make it mean another one. */
    boolean isAddress() {
        return text.startsWith("[") || Addresses.IPV4.matcher(text).matches();
    }

    /** Whether it names this machine itself. */
    boolean isLoopback() {
        return text.equals("localhost")
                || text.endsWith(".localhost")
                || (Addresses.IPV4.matcher(text).matches() && text.startsWith("127."))
                || text.equals("[0:0:0:0:0:0:0:1]");
    }
}
