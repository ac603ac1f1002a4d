package io.portcullis.socketio.transport;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pure functions for the query of a request. Read here and not by the container, whose parameters would swallow the body
 * of a form post and join it with the query.
 */
final class Query {

    private static final int MAX_PARAMETERS = 100;

    private Query() {}

    /**
     * Decodes a query. Equal names are joined by a comma, so that a parameter that must not be repeated has an unknown
     * value when it is.
     */
    static Map<String, String> parse(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query != null) {
            int start = 0;
            for (int i = 0; i < MAX_PARAMETERS && start <= query.length(); i++) {
                int end = query.indexOf('&', start);
                end = end < 0 ? query.length() : end;
                add(parameters, query.substring(start, end));
                start = end + 1;
            }
        }
        return parameters;
    }

    private static void add(Map<String, String> parameters, String pair) {
        if (!pair.isEmpty()) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            parameters.merge(name, value, (first, second) -> first + "," + second);
        }
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a broken escape is kept as it is, as Node does
        }
    }
}
