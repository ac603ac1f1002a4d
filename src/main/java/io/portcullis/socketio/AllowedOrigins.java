package io.portcullis.socketio;

import java.util.List;

/**
 * Thread-safe. Inject it to let pages of further origins in, and to shut them out again, while the server runs. What is added
 * is stored, and in force at once and after the next start. What the configuration allows cannot be removed here.
 *
 * <pre>{@code
 * @Inject
 * AllowedOrigins origins;
 *
 * void customerJoined(Customer customer) {
 *     origins.add("default", "https://" + customer.hostName(), "onboarding");
 * }
 * }</pre>
 *
 * <p>The methods wait for the database: call them where waiting is allowed, not from a {@link NonBlocking} handler.
 */
public interface AllowedOrigins {

    /**
     * What was added.
     *
     * @return all of it, by endpoint and origin
     */
    List<AllowedOrigin> list();

    /**
     * Lets pages of an origin in. Adding what is there already changes nothing.
     *
     * @param endpoint the endpoint's name in the configuration, {@code default} for the plain keys
     * @param origin for example {@code https://app.example} or {@code https://*.apps.example}
     * @param by who does it, for the audit trail
     * @return the entry
     * @throws IllegalArgumentException if there is no such endpoint, or the origin is none, or is unsafe in production
     */
    AllowedOrigin add(String endpoint, String origin, String by);

    /**
     * Shuts the pages of an origin out, and disconnects the sockets that came from it with {@link
     * DisconnectReason#ORIGIN_REMOVED}, unless something else allows it.
     *
     * @param id the entry's id
     * @param by who does it, for the audit trail
     * @return false if there is no such entry
     */
    boolean remove(String id, String by);
}
