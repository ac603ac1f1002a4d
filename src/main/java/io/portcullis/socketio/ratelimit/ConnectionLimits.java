package io.portcullis.socketio.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.portcullis.socketio.RateLimitExceededException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. How many connections an endpoint may have, in all, per address and per user, and how often an address may
 * try. Asked before anything is made for a client.
 */
public final class ConnectionLimits {

    /** Attackers can choose their addresses: those that were not seen for longest are forgotten first. */
    private static final int MOST_ADDRESSES = 100_000;

    private static final Duration LATER = Duration.ofSeconds(5);

    private final Limits limits;
    private final Duration window;
    private final Cache<String, Attempts> attempts;
    private final Tally<String> all = new Tally<>();
    private final Tally<String> addresses = new Tally<>();
    private final Tally<String> anonymous = new Tally<>();
    private final Tally<String> users = new Tally<>();

    /**
     * Counts for one endpoint.
     *
     * @param limits what is in force
     * @param window the time that {@link Limit#HANDSHAKES_PER_ADDRESS} is about
     */
    public ConnectionLimits(Limits limits, Duration window) {
        this.limits = limits;
        this.window = window;
        this.attempts = Caffeine.newBuilder()
                .maximumSize(MOST_ADDRESSES)
                .expireAfterAccess(window)
                .build();
    }

    /**
     * Counts an attempt to connect.
     *
     * @param address the address, or what stands for it
     * @throws RateLimitExceededException if there were too many
     */
    public void countHandshake(String address) {
        int most = limits.get(Limit.HANDSHAKES_PER_ADDRESS);
        Attempts mine = attempts.asMap()
                .compute(address, (key, held) -> held != null && held.most() == most ? held : attempts(most));
        ConsumptionProbe probe = mine.bucket() == null ? null : mine.bucket().tryConsumeAndReturnRemaining(1);
        if (probe == null || !probe.isConsumed()) {
            throw new RateLimitExceededException(
                    "Too many handshakes",
                    Limit.HANDSHAKES_PER_ADDRESS.text(),
                    probe == null ? window : Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private Attempts attempts(int most) {
        if (most == 0) {
            return new Attempts(0, null);
        }
        Bandwidth bandwidth = Bandwidth.builder()
                .capacity(most)
                .refillIntervally(most, window)
                .build();
        return new Attempts(most, Bucket.builder().addLimit(bandwidth).build());
    }

    /**
     * Counts a connection until its permit is given back.
     *
     * @param address the address, or what stands for it
     * @param user who it is, by issuer and subject; null for nobody
     * @return to be given back when the connection has ended, or does not come to be
     * @throws RateLimitExceededException if there are too many
     */
    public Permit admit(String address, @Nullable String user) {
        Permit permit = new Permit();
        try {
            count(permit, all, "", Limit.CONNECTIONS);
            count(permit, addresses, address, Limit.CONNECTIONS_PER_ADDRESS);
            if (user == null) {
                count(permit, anonymous, address, Limit.ANONYMOUS_PER_ADDRESS);
            } else {
                count(permit, users, user, Limit.CONNECTIONS_PER_USER);
            }
            return permit;
        } catch (RateLimitExceededException e) {
            permit.close();
            throw e;
        }
    }

    private void count(Permit permit, Tally<String> tally, String key, Limit limit) {
        if (!tally.increment(key, limits.get(limit))) {
            throw new RateLimitExceededException("Too many connections", limit.text(), LATER);
        }
        permit.onClose(() -> tally.decrement(key));
    }

    /**
     * How many connections there are.
     *
     * @return zero or more
     */
    public int connections() {
        return all.get("");
    }

    /** How many addresses and users have connections: nothing is kept of those that have none. */
    int keys() {
        return addresses.size() + anonymous.size() + users.size();
    }

    private record Attempts(int most, @Nullable Bucket bucket) {}
}
