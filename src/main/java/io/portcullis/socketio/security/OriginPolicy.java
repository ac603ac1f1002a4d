package io.portcullis.socketio.security;

import io.portcullis.socketio.config.ConfigurationException;
import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.config.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Thread-safe. Whether a request may come to an endpoint from the page that it comes from. Asked for every request, not
 * for the first of a session alone.
 *
 * <p>Source: RFC 6454; RFC 6455, section 10.2; W3C, "Fetch Metadata Request Headers".
 */
public final class OriginPolicy {

    /** What becomes of a request. */
    public enum Decision {
        /** It may pass. */
        ALLOWED,
        /** It comes from somewhere else. */
        REFUSED,
        /** Its header is none that a browser could send. */
        MALFORMED
    }

    private static final String ANY = "*";
    private static final String SAME = "same-origin";
    private static final Set<String> NEAR = Set.of(SAME, "same-site");
    private static final int LONGEST_HEADER = 2048;

    private final boolean any;
    private final boolean same;
    private final boolean absentAllowed;
    private final boolean nullAllowed;
    private final List<OriginRule> listed;
    private volatile List<OriginRule> added = List.of();

    private OriginPolicy(EndpointConfig config, List<OriginRule> listed) {
        List<String> entries = config.get(Key.ORIGINS_ALLOWED);
        this.any = entries.contains(ANY);
        this.same = entries.contains(SAME);
        this.absentAllowed = config.get(Key.ORIGINS_ABSENT);
        this.nullAllowed = config.get(Key.ORIGINS_NULL);
        this.listed = List.copyOf(listed);
    }

    /**
     * The policy of an endpoint.
     *
     * @param config the endpoint's values
     * @param production whether what is convenient for development is a mistake
     * @return the policy
     * @throws ConfigurationException with a sentence if an entry is none, or is unsafe in production
     */
    public static OriginPolicy of(EndpointConfig config, boolean production) {
        OriginChecker checker = new OriginChecker(config, production);
        List<OriginRule> rules = new ArrayList<>();
        if (config.get(Key.ORIGINS_ALLOWED).isEmpty()) {
            throw new ConfigurationException("'" + config.settingName(Key.ORIGINS_ALLOWED)
                    + "' is empty; name each origin of your pages, such as https://app.example.");
        }
        for (String entry : config.get(Key.ORIGINS_ALLOWED)) {
            try {
                if (!checker.isWord(entry)) {
                    rules.add(checker.rule(entry));
                }
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException(
                        "'" + config.settingName(Key.ORIGINS_ALLOWED) + "' contains '" + entry + "', " + e.getMessage(),
                        e);
            }
        }
        return new OriginPolicy(config, rules);
    }

    /**
     * Replaces what is allowed besides the configuration.
     *
     * @param rules origins, or patterns
     */
    void alsoAllow(List<OriginRule> rules) {
        added = List.copyOf(rules);
    }

    /**
     * Judges a request.
     *
     * @param claim what it says about the page that it comes from
     * @return the decision
     */
    public Decision judge(OriginClaim claim) {
        String header = claim.origin();
        if (header != null && !isHeaderText(header)) {
            return Decision.MALFORMED;
        }
        boolean allowed = header == null ? mayBeAbsent(claim) : mayCome(header, claim);
        return allowed ? Decision.ALLOWED : Decision.REFUSED;
    }

    /** Browsers leave the header out of a page's own GETs, and tell so; programs that are no browsers leave out both. */
    private boolean mayBeAbsent(OriginClaim claim) {
        String site = claim.fetchSite();
        if (SAME.equals(site)) {
            return (any && !claim.isAmbient()) || isNamed(claim.own(), claim.own());
        }
        // from another site without an origin is what an image or a form of a foreign page sends, never a client
        boolean foreign = "cross-site".equals(site) || "same-site".equals(site);
        return absentAllowed && !claim.isAmbient() && !foreign;
    }

    private boolean mayCome(String header, OriginClaim claim) {
        if (!claim.isAmbient() && (any || (nullAllowed && header.equals("null")))) {
            return true;
        }
        Origin page = Origin.parse(header);
        String site = claim.fetchSite();
        boolean far = claim.isAmbient() && site != null && !NEAR.contains(site);
        return page != null && !far && isNamed(page, claim.own());
    }

    private boolean isNamed(Origin page, Origin own) {
        return isListed(page) || allows(added, page) || isOwn(page, own);
    }

    /**
     * The request's own host is believed only if no DNS server can make it mean this server: an address, or this machine.
     * Otherwise a page of evil.example, whose name is made to mean our address, would be of the same origin.
     */
    private boolean isOwn(Origin page, Origin own) {
        Host host = page.hostPart();
        return (any || same) && page.equals(own) && (host.isAddress() || host.isLoopback());
    }

    /**
     * Whether the configuration itself allows an origin, which then cannot be taken away while the server runs.
     *
     * @param page the origin
     * @return true if it is listed or fits a pattern
     */
    boolean isListed(Origin page) {
        return allows(listed, page);
    }

    private static boolean allows(List<OriginRule> rules, Origin page) {
        for (OriginRule rule : rules) {
            if (rule.allows(page)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHeaderText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\t' && (c < ' ' || c == 0x7f || c > 0xff)) {
                return false;
            }
        }
        return text.length() <= LONGEST_HEADER;
    }
}
