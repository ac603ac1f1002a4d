package io.portcullis.socketio.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pure functions for IP addresses, which are never looked up. */
final class Addresses {

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    /** Exactly: what looks similar would be looked up as a name. */
    static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");
    private static final int LONGEST = 45;
    private static final int GROUP_BYTES = 8;

    private Addresses() {}

    /** Reads an address; one that stands for an IPv4 address becomes it. A zone, as servers append it, does not count. */
    static @Nullable InetAddress parse(String text) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        boolean literal = address.length() <= LONGEST
                && (IPV4.matcher(address).matches() || IPV6.matcher(address).matches());
        if (!literal) {
            return null;
        }
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** What stands for a client where its addresses are counted; of what is none, the text itself. */
    static String group(String text) {
        InetAddress address = parse(text);
        return address == null ? text : group(address);
    }

    static String group(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), GROUP_BYTES), 2 * GROUP_BYTES);
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // sixteen bytes are an address
        }
    }
}
