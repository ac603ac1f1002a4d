package io.portcullis.socketio.testing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Thread-safe. The description of the administration, and whether an answer is what it promises. */
final class OpenApi {

    /** What every path may answer, and the document says once. */
    private static final Set<Integer> ANYWHERE = Set.of(405, 406);

    private static final JsonObject DOCUMENT = read();

    private OpenApi() {}

    private static JsonObject read() {
        try (InputStream file = OpenApi.class.getResourceAsStream("/io/portcullis/socketio/rest/openapi.json");
                JsonReader reader = Json.createReader(file)) {
            return reader.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if a described request has an answer that is not described. */
    static void check(String method, String path, HttpResponse<String> answer) {
        operation(method, path.replaceAll("\\?.*", "")).ifPresent(operation -> {
            if (!ANYWHERE.contains(answer.statusCode())) {
                JsonObject responses = operation.getJsonObject("responses");
                String status = String.valueOf(answer.statusCode());
                assertThat(responses.keySet()).as(method + " " + path).contains(status);
                check(schema(resolve(responses.getJsonObject(status))), answer.body());
            }
        });
    }

    private static Optional<JsonObject> operation(String method, String path) {
        return DOCUMENT.getJsonObject("paths").entrySet().stream()
                .filter(each -> ("/" + path).matches(each.getKey().replaceAll("\\{[^}]*}", "[A-Za-z0-9_-]+")))
                .map(each -> each.getValue().asJsonObject().getJsonObject(method.toLowerCase(Locale.ROOT)))
                .filter(operation -> operation != null)
                .findFirst();
    }

    private static JsonObject schema(JsonObject response) {
        return response.containsKey("content")
                ? response.getJsonObject("content")
                        .values()
                        .iterator()
                        .next()
                        .asJsonObject()
                        .getJsonObject("schema")
                : JsonValue.EMPTY_JSON_OBJECT;
    }

    private static JsonObject resolve(JsonObject object) {
        String reference = object.getString("$ref", "");
        return reference.isEmpty()
                ? object
                : DOCUMENT.getValue(reference.substring(1)).asJsonObject();
    }

    private static void check(JsonObject schema, String body) {
        if (schema.isEmpty()) {
            assertThat(body).isEmpty();
        } else if (schema.getString("type", "").equals("array")) {
            JsonArray array = SocketClient.array(body);
            array.getValuesAs(JsonObject.class)
                    .forEach(each -> checkFields(resolve(schema.getJsonObject("items")), each));
        } else {
            checkFields(resolve(schema), EngineClient.json(body));
        }
    }

    private static void checkFields(JsonObject schema, JsonObject object) {
        if (schema.containsKey("properties")) {
            assertThat(object.keySet())
                    .isSubsetOf(schema.getJsonObject("properties").keySet())
                    .containsAll(schema.getJsonArray("required").getValuesAs(JsonString::getString).stream()
                            .collect(Collectors.toSet()));
        }
    }
}
