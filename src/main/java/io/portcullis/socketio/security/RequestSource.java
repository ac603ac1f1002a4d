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

    /** No page can have this one: for requests with a host that is none. */
    private static final Origin NOWHERE = new Origin("none", "", -1);

    static RequestSource of(Peer peer, @Nullable InetAddress address) {
        String text = address == null ? peer.address() : address.getHostAddress();
        String group = address == null ? peer.address() : Addresses.group(address);
        Host host = Host.parse(peer.host());
        Origin own = host == null ? NOWHERE : new Origin(peer.scheme(), host.text(), peer.port());
        return new RequestSource(text, group, peer.scheme().equals("https"), own);
    }
}
