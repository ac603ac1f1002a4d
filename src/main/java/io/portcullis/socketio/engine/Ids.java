package io.portcullis.socketio.engine;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Thread-safe. Makes ids that nobody can guess: 160 bits from a {@link SecureRandom}, base64url, 27 characters. Ids of
 * sessions, sockets and recoverable states are all made here, each anew.
 */
public final class Ids {

    private static final int BYTES = 20;

    private final SecureRandom random;

    /**
     * With a source of randomness.
     *
     * @param random cryptographically strong
     */
    public Ids(SecureRandom random) {
        this.random = random;
    }

    /**
     * Makes an id.
     *
     * @return 27 characters of A–Z, a–z, 0–9, minus and underscore
     */
    public String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
