package io.portcullis.socketio.config;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
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

    static int positive(String text) {
        return upTo(Integer.MAX_VALUE, text);
    }

    /** Each level takes a part of a thread's stack. */
    static int depth(String text) {
        return upTo(1_000, text);
    }

    private static int upTo(int largest, String text) {
        String allowed = "a whole number from 1 to " + largest;
        try {
            int number = Integer.parseInt(text);
            require(number > 0 && number <= largest, allowed);
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

    /** The word {@code none} is for endpoints that are to have fewer than the default: an empty value would count as absent. */
    static List<String> origins(String text) {
        if (text.strip().equals("none")) {
            return List.of();
        }
        List<String> origins = items(text).toList();
        if (!origins.equals(List.of("*"))) {
            origins.forEach(origin -> require(isOrigin(origin), "* alone, or origins such as https://app.example"));
        }
        return origins;
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

    private static Stream<String> items(String text) {
        return Stream.of(text.split(",", -1)).map(String::strip).filter(item -> !item.isEmpty());
    }

    private static void require(boolean condition, String allowed) {
        if (!condition) {
            throw new IllegalArgumentException(allowed);
        }
    }
}
