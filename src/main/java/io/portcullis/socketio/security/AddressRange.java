package io.portcullis.socketio.security;

import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. A range of addresses in CIDR notation. Source: RFC 4632, section 3.1; RFC 4291, section 2.3.
 *
 * @param network the first address
 * @param bits how many leading bits an address shares with it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record AddressRange(byte[] network, int bits) {

    /** Reads a range, or an address, which is the range of itself; null if it is none. */
    static @Nullable AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = Addresses.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null || text.indexOf('%') >= 0) {
            return null;
        }
        byte[] network = address.getAddress();
        int longest = network.length * Byte.SIZE;
        int bits = slash < 0 ? longest : bits(text.substring(slash + 1));
        return bits < 0 || bits > longest ? null : new AddressRange(network, bits);
    }

    private static int bits(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        int whole = bits / Byte.SIZE;
        if (bytes.length != network.length || !Arrays.equals(bytes, 0, whole, network, 0, whole)) {
            return false;
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || ((bytes[whole] ^ network[whole]) & 0xff) >> (Byte.SIZE - rest) == 0;
    }
}
