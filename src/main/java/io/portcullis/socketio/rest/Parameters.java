package io.portcullis.socketio.rest;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Pure functions that read what a caller has written, strictly. */
final class Parameters {

    private static final System.Logger LOG = System.getLogger(Parameters.class.getName());
    private static final int LONGEST_BODY = 65_536;

    private Parameters() {}

    /** The body, which must be one flat object without a name that comes twice. Nothing in it makes this recursive. */
    static Map<String, JsonValue> object(InputStream body) {
        try (JsonParser parser = Json.createParser(new ByteArrayInputStream(bytes(body)))) {
            return object(parser);
        } catch (JsonException | NoSuchElementException | IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "A body is not what was expected.", e);
            throw noObject();
        }
    }

    private static Map<String, JsonValue> object(JsonParser parser) {
        Map<String, JsonValue> object = new LinkedHashMap<>();
        if (parser.next() != Event.START_OBJECT) {
            throw noObject();
        }
        while (parser.next() == Event.KEY_NAME) {
            String name = parser.getString();
            Event value = parser.next();
            boolean isFlat = value == Event.VALUE_STRING || value == Event.VALUE_NUMBER;
            if (!isFlat || object.put(name, parser.getValue()) != null) {
                throw noObject();
            }
        }
        if (parser.hasNext()) { // throws if something follows that is no JSON
            throw noObject();
        }
        return object;
    }

    private static Refusal noObject() {
        return new Refusal(
                400, "The body must be one JSON object of strings and numbers, in which no name comes twice.");
    }

    private static byte[] bytes(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(LONGEST_BODY + 1);
            if (bytes.length > LONGEST_BODY) {
                throw new Refusal(413, "The body has more than " + LONGEST_BODY + " bytes.");
            }
            return bytes;
        } catch (IOException e) {
            throw new Refusal(400, "The body did not arrive.");
        }
    }

    static String text(Map<String, JsonValue> object, String name) {
        if (object.get(name) instanceof JsonString text) {
            return text.getString();
        }
        throw new Refusal(400, "'" + name + "' must be there, and be a string.");
    }

    /** What a query says; an empty parameter says nothing. */
    static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    static int limit(@Nullable String parameter, int usual, int most) {
        String text = given(parameter);
        String allowed = "'limit' must be a whole number from 1 to " + most + ".";
        try {
            int limit = text == null ? usual : Integer.parseInt(text);
            if (limit < 1 || limit > most) {
                throw new Refusal(400, allowed);
            }
            return limit;
        } catch (NumberFormatException e) {
            throw new Refusal(400, allowed);
        }
    }

    static @Nullable Instant time(@Nullable String parameter, String name) {
        String text = given(parameter);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Refusal(400, "'" + name + "' must be a time such as 2026-11-24T08:00:00Z.");
        }
    }
}
