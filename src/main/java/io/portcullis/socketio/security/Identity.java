package io.portcullis.socketio.security;

import java.security.Principal;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Who somebody is, whatever name is shown for them. Source: MicroProfile JWT 2.1, "Requirements for JWT"; RFC 7519,
 * section 4.1.2.
 *
 * @param issuer who vouches for the subject; null for the application server itself
 * @param subject what the issuer calls them, and nobody else
 */
public record Identity(@Nullable String issuer, String subject) {

    private static final System.Logger LOG = System.getLogger(Identity.class.getName());

    /**
     * Whom the application server has authenticated.
     *
     * @param principal the server's answer; null for nobody
     * @return who that is; null for nobody
     */
    public static @Nullable Identity of(@Nullable Principal principal) {
        if (principal == null || principal.getName() == null) {
            return null;
        }
        try {
            if (principal instanceof JsonWebToken token) {
                String subject = token.getSubject();
                return new Identity(token.getIssuer(), subject == null ? principal.getName() : subject);
            }
        } catch (NoClassDefFoundError e) { // a server, or an application, without MicroProfile JWT: this is no token
            LOG.log(System.Logger.Level.TRACE, "MicroProfile JWT is not there.", e);
        }
        return new Identity(null, principal.getName());
    }

    /**
     * One text for both.
     *
     * @return different for different people
     */
    public String key() {
        return issuer == null ? "0:" + subject : issuer.length() + ":" + issuer + subject;
    }
}
