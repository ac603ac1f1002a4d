package io.portcullis.socketio.security;

import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.config.Key;
import java.util.Set;

/** Immutable. Refuses entries of the list of allowed origins that are none, or that are unsafe in production. */
final class OriginChecker {

    private static final Set<String> WORDS = Set.of("*", "same-origin");
    private static final String MEND = "; name each origin of your pages, such as https://app.example.";

    private final String loopbackSetting;
    private final boolean production;
    private final boolean loopback;

    OriginChecker(EndpointConfig config, boolean production) {
        this.loopbackSetting = config.settingName(Key.ORIGINS_LOOPBACK);
        this.production = production;
        this.loopback = config.get(Key.ORIGINS_LOOPBACK);
    }

    /**
     * Whether an entry is a word and no origin.
     *
     * @throws IllegalArgumentException in production, where words are refused; its message goes on after the entry
     */
    boolean isWord(String entry) {
        boolean word = WORDS.contains(entry);
        if (word && production) {
            throw new IllegalArgumentException(
                    entry.equals("*")
                            ? "which lets every page of the world in" + MEND
                            : "which believes the request's own host" + MEND);
        }
        return word;
    }

    /**
     * Reads an entry.
     *
     * @throws IllegalArgumentException if it is no origin, or is unsafe in production; its message goes on after the entry
     */
    OriginRule rule(String entry) {
        OriginRule rule = OriginRule.parse(entry);
        if (rule == null) {
            throw new IllegalArgumentException(
                    "which is no origin; write scheme, host and perhaps a port, such as https://app.example or"
                            + " https://*.apps.example, where the star stands for one label, and before at least two others.");
        }
        if (production) {
            check(rule.origin());
        }
        return rule;
    }

    private void check(Origin origin) {
        boolean here = origin.hostPart().isLoopback();
        if (here && !loopback) {
            throw new IllegalArgumentException(
                    "which is this machine itself and not for production; remove it, or set '" + loopbackSetting
                            + "' to true.");
        }
        if (!here && !origin.isSecure()) {
            throw new IllegalArgumentException("which is not encrypted and not for production; write https://.");
        }
    }
}
