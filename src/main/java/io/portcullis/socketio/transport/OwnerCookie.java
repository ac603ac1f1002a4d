package io.portcullis.socketio.transport;

import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.config.Key;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. The cookie by which a browser is known again: 128 random bits with a seal, so that only what was issued here,
 * since the last start, counts. It says nothing about the user. Source: RFC 6265bis, sections 4.1.2.5 to 4.1.3.
 */
final class OwnerCookie {

    private static final String NAME = "portcullis-session-";
    private static final String HMAC = "HmacSHA256";
    private static final int BYTES = 16;
    private static final int LENGTH = 43;

    private final SecureRandom random;
    private final SecretKeySpec key;
    private final String tail;

    OwnerCookie(EndpointConfig config, SecureRandom random, SecretKeySpec key) {
        this.random = random;
        this.key = key;
        this.tail = "; Path=/; HttpOnly; SameSite=" + config.get(Key.COOKIE_SAME_SITE);
    }

    /** A key for all endpoints, good until the next start. */
    static SecretKeySpec newKey(SecureRandom random) {
        byte[] bytes = new byte[2 * BYTES];
        random.nextBytes(bytes);
        return new SecretKeySpec(bytes, HMAC);
    }

    /** The value that a request carries, if it was issued here. */
    @Nullable String read(HttpServletRequest request, boolean secure) {
        String name = name(request, secure);
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(name) && isSealed(cookie.getValue())) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }

    /** Gives a client a new one. */
    String issue(HttpServletRequest request, HttpServletResponse response, boolean secure) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String value = sealed(bytes);
        response.addHeader("Set-Cookie", name(request, secure) + "=" + value + (secure ? "; Secure" : "") + tail);
        return value;
    }

    /**
     * Browsers let nobody else set a cookie of this prefix: no neighbouring host, and no page without TLS. They send it to all
     * applications of a host, whatever the port, hence a name for each.
     */
    private static String name(HttpServletRequest request, boolean secure) {
        int application = Objects.hash(request.getContextPath(), request.getServerPort());
        return (secure ? "__Host-" : "") + NAME + Integer.toHexString(application);
    }

    private boolean isSealed(String value) {
        if (value.length() != LENGTH) {
            return false;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(value);
            return bytes.length == 2 * BYTES && isEqual(value, sealed(Arrays.copyOf(bytes, BYTES)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private String sealed(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            byte[] all = Arrays.copyOf(bytes, 2 * BYTES);
            System.arraycopy(mac.doFinal(bytes), 0, all, BYTES, BYTES);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
