package io.portcullis.socketio.security;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Where a request comes from, after trusted proxies were asked.
 *
 * @param address the client's address
 * @param group what stands for the client where addresses are counted: an IPv4 address, or the first 64 bits of an IPv6 one,
 *     all of which one client may have
 * @param secure whether it came by TLS, at least to the first proxy
 * @param own the origin that pages of this server have for this client
 */
public record RequestSource(String address, String group, boolean secure, Origin own) {

    /** The name under which requests for the administration carry it. */
    public static final String PROPERTY = RequestSource.class.getName();

    static RequestSource of(Peer peer, @Nullable InetAddress address) {
        String text = address == null ? peer.address() : address.getHostAddress();
        String group = address == null ? peer.address() : Addresses.group(address);
        boolean bare = peer.host().indexOf(':') >= 0 && !peer.host().startsWith("["); // Undertow gives it so
        Host host = Host.parse(bare ? "[" + peer.host() + "]" : peer.host());
        Origin own = host == null ? Origin.NONE : new Origin(peer.scheme(), host.text(), peer.port());
        return new RequestSource(text, group, peer.scheme().equals("https"), own);
    }
}
