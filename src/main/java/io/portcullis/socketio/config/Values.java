package io.portcullis.socketio.config;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Pure functions that read one value each; the message of what they throw says what is allowed. */
final class Values {

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+/?");
    /** No other scheme than java: what is remote cannot be named. */
    private static final Pattern JNDI_NAME = Pattern.compile("(java:)?[A-Za-z0-9_./-]+");

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final List<String> CORS_WORDS = List.of("allowed", "none", "*");
    private static final Pattern NODE_NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern ROLE_NAME = Pattern.compile("[A-Za-z0-9.:/_-]{1,100}");
    private static final Duration LONGEST_RETENTION = Duration.ofDays(3650);
    private static final Pattern HEX = Pattern.compile("([0-9A-Fa-f]{2})+");
    private static final int SHORTEST_SECRET = 32;
    private static final Duration LONGEST = Duration.ofDays(1);

    private Values() {}

    static String path(String text) {
        require(PATH.matcher(text).matches(), "a path such as /socket.io/ of letters, digits, '.', '_', '~' and '-'");
        return text.endsWith("/") ? text : text + "/";
    }

    static String absolutePath(String text) {
        require(text.startsWith("/") && text.chars().allMatch(c -> c > ' ' && c < 127 && c != ';'), "a path such as /");
        return text;
    }

    static String jndiName(String text) {
        require(JNDI_NAME.matcher(text).matches(), "a local JNDI name such as java:comp/DefaultManagedExecutorService");
        return text;
    }

    static boolean bool(String text) {
        require(text.equals("true") || text.equals("false"), "true or false");
        return text.equals("true");
    }

    static Duration duration(String text) {
        Duration duration = durationOrZero(text);
        require(!duration.isZero(), "an ISO-8601 duration greater than zero, at most P1D, such as PT25S");
        return duration;
    }

    static Duration durationOrZero(String text) {
        String allowed = "an ISO-8601 duration of at most P1D, such as PT25S";
        try {
            Duration duration = Duration.parse(text);
            require(!duration.isNegative() && duration.compareTo(LONGEST) <= 0, allowed);
            return duration;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(allowed, e);
        }
    }

    static Duration retention(String text) {
        String allowed = "an ISO-8601 duration from P1D to P3650D";
        try {
            Duration duration = Duration.parse(text);
            require(duration.toDays() >= 1 && duration.compareTo(LONGEST_RETENTION) <= 0, allowed);
            return duration;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(allowed, e);
        }
    }

    static String nodeName(String text) {
        require(
                text.isEmpty() || NODE_NAME.matcher(text).matches(),
                "a name of at most 100 letters, digits, '.', '_' and '-'");
        return text;
    }

    /** Neither of the names that mean more than one role: "*" and "**". */
    static String roleName(String text) {
        require(
                ROLE_NAME.matcher(text).matches(),
                "a role's name of at most 100 letters, digits, '.', ':', '/', '_' and '-'");
        return text;
    }

    static int positive(String text) {
        return within(1, Integer.MAX_VALUE, text);
    }

    static int zeroOrMore(String text) {
        return within(0, Integer.MAX_VALUE, text);
    }

    /** Each level takes a part of a thread's stack. */
    static int depth(String text) {
        return within(1, 1_000, text);
    }

    private static int within(int smallest, int largest, String text) {
        String allowed = "a whole number from " + smallest + " to " + largest;
        try {
            int number = Integer.parseInt(text);
            require(number >= smallest && number <= largest, allowed);
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(allowed, e);
        }
    }

    static List<TransportName> transports(String text) {
        String allowed = "polling, websocket, or both, separated by a comma";
        List<TransportName> transports = items(text)
                .map(item -> TransportName.of(item).orElseThrow(() -> new IllegalArgumentException(allowed)))
                .distinct()
                .toList();
        require(!transports.isEmpty(), allowed);
        return transports;
    }

    /** Whoever knows what the items are checks them. */
    static List<String> list(String text) {
        return items(text).toList();
    }

    /** One of three words, or origins, which are told to browsers as they are written here. */
    static List<String> corsOrigins(String text) {
        List<String> origins = items(text).toList();
        if (!CORS_WORDS.contains(text)) {
            String allowed = "allowed, none or * alone, or origins such as https://app.example";
            require(!origins.isEmpty(), allowed);
            origins.forEach(origin -> require(isOrigin(origin), allowed));
        }
        return origins;
    }

    static boolean allow(String text) {
        require(text.equals("allow") || text.equals("deny"), "allow or deny");
        return text.equals("allow");
    }

    static SessionOwner sessionOwner(String text) {
        return Stream.of(SessionOwner.values())
                .filter(owner -> owner.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("off, when-possible or required"));
    }

    static Tls tls(String text) {
        return Stream.of(Tls.values())
                .filter(each -> each.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("production, required or optional"));
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getScheme() != null
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static List<String> tokens(String text) {
        List<String> tokens = items(text).toList();
        tokens.forEach(token -> require(TOKEN.matcher(token).matches(), "header names separated by commas"));
        return tokens;
    }

    static String tokenOrEmpty(String text) {
        require(text.isEmpty() || TOKEN.matcher(text).matches(), "a cookie's name, or nothing");
        return text;
    }

    static String sameSite(String text) {
        require(List.of("Strict", "Lax", "None").contains(text), "Strict, Lax or None");
        return text;
    }

    static ParserName parser(String text) {
        require(text.equals("json") || text.equals("msgpack"), "json or msgpack");
        return ParserName.valueOf(text.toUpperCase(Locale.ROOT));
    }

    static byte[] secretOrEmpty(String text) {
        String allowed = "32 bytes or more in base64 or hexadecimal, or nothing";
        try {
            byte[] bytes = HEX.matcher(text).matches()
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text);
            require(text.isEmpty() || bytes.length >= SHORTEST_SECRET, allowed);
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(allowed, e);
        }
    }

    private static Stream<String> items(String text) {
        return Stream.of(text.split(",", -1)).map(String::strip).filter(item -> !item.isEmpty());
    }

    private static void require(boolean condition, String allowed) {
        if (!condition) {
            throw new IllegalArgumentException(allowed);
        }
    }
}
