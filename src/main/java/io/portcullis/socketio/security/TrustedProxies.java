package io.portcullis.socketio.security;

import io.portcullis.socketio.config.ConfigurationException;
import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.config.Key;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;

/**
 * Immutable. Whose word about where a request comes from is believed: that of the proxies that the configuration names, and
 * of nobody else.
 */
public final class TrustedProxies {

    private final List<AddressRange> ranges;

    TrustedProxies(List<AddressRange> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /**
     * The proxies of an endpoint.
     *
     * @param config the endpoint's values
     * @return the proxies
     * @throws ConfigurationException with a sentence if an entry is no range
     */
    public static TrustedProxies of(EndpointConfig config) {
        return new TrustedProxies(config.get(Key.TRUSTED_PROXIES).stream()
                .map(entry -> range(entry, config.settingName(Key.TRUSTED_PROXIES)))
                .toList());
    }

    private static AddressRange range(String entry, String setting) {
        AddressRange range = AddressRange.parse(entry);
        if (range == null) {
            throw new ConfigurationException("'" + setting + "' contains '" + entry
                    + "', which is no range of addresses; write one such as 10.0.0.0/8, 2001:db8::/32 or 192.0.2.1.");
        }
        return range;
    }

    boolean contains(InetAddress address) {
        for (AddressRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Where a request comes from.
     *
     * @param peer who has opened the connection, and how
     * @param headers the values of a request header by its name
     * @return the source
     */
    public RequestSource sourceOf(Peer peer, Function<String, List<String>> headers) {
        InetAddress address = Addresses.parse(peer.address());
        if (address == null || !contains(address)) {
            return RequestSource.of(peer, address);
        }
        return new ForwardedHeaders(this, peer, address).source(headers);
    }
}
