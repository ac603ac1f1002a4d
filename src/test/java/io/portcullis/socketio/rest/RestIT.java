package io.portcullis.socketio.rest;

import static io.portcullis.socketio.rest.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.config.Key;
import io.portcullis.socketio.testing.Administrator;
import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.RawHttp;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The administration from outside: what it answers, and what it refuses. */
class RestIT {

    /** The fixture's {@code socketio.audit.key}. */
    private static final String SECRET = "5f1d0c7a9e3b48266d84f0a1c2b7e95533ab60d7185e42cf97d10b6ea8f4732c";

    private static final String JSON = "application/json";

    private final Administrator root = Administrator.root();

    @Test
    void answers_are_not_kept() {
        HttpResponse<String> answer = root.get("limits");

        assertThat(answer.headers().firstValue("cache-control").orElse("")).contains("no-store");
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith(JSON);
    }

    @Test
    void what_is_not_there_is_a_problem_too() {
        assertProblem(root.get("nothing"), 404);
        assertProblem(root.send("PUT", "limits", "{}", "Content-Type", JSON), 405);
        assertProblem(root.get("limits", "Accept", "text/html"), 406);
        assertProblem(root.delete("origins/no%20id"), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/*"})
    void a_body_is_json(String type) {
        assertProblem(root.send("PATCH", "limits", "{}", "Content-Type", type), 415);
        assertProblem(root.send("POST", "origins", "{}", "Content-Type", type), 415);
    }

    @Test
    void a_body_without_a_type_is_refused() {
        assertProblem(root.send("PATCH", "limits", "{}"), 415);
        assertProblem(root.send("POST", "origins", ""), 415);
    }

    @Test
    void a_body_is_not_endless() {
        assertProblem(root.post("origins", "{\"endpoint\":\"" + "x".repeat(70_000) + "\"}"), 413);
        assertProblem(root.post("origins", "{\"endpoint\":" + "[".repeat(60_000)), 400);
    }

    @Test
    void a_limit_is_changed_at_once_and_the_change_is_told() {
        String name = "strict-origin.connections";
        int before = root.object("limits").getInt(name);
        Instant start = Instant.now().minusMillis(1);
        String handshake = "/strict-origin/?EIO=4&transport=polling";
        String page = "Origin: http://allowed.example";
        try {
            HttpResponse<String> answer = root.patch("limits", "{\"" + name + "\": 0}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(EngineClient.json(answer.body()).getInt(name)).isZero();
            assertThat(RawHttp.fetch(handshake, page).status()).isEqualTo(429);
        } finally {
            root.patch("limits", "{\"" + name + "\": " + before + "}");
        }

        assertThat(RawHttp.fetch(handshake, page).status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(root.list("audit?type=limits_changed&sub=root&since=" + start))
                .extracting(each -> each.getString("target") + ": " + each.getString("code"))
                .containsExactly(name + ": 0 -> " + before, name + ": " + before + " -> 0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'limited.connections': 1, 'nothing': 1}",
                "{'limited.connections': 1, 'limited.connections-per-user': -1}",
                "{'limited.connections': 1.5}",
                "{'limited.connections': 2147483648}",
                "{'limited.connections': 1e400}",
                "{'limited.connections': '1'}",
                "{'limited.connections': true}",
                "{'limited.connections': null}",
                "{'limited.connections': 1, 'limited.connections': 2}",
                "{'limited.connections': 1} x",
                "[1]",
                "1",
                "{'limited.connections': 1"
            })
    void a_change_that_is_wrong_changes_nothing(String body) {
        JsonObject before = root.object("limits");

        assertProblem(root.patch("limits", body.replace('\'', '"')), 400);

        assertThat(root.object("limits")).isEqualTo(before);
    }

    @Test
    void an_empty_parameter_is_none() {
        assertThat(root.list("origins?endpoint=")).isEqualTo(root.list("origins"));
        assertThat(root.list("audit?type=&sub=&since=&limit=")).hasSizeLessThanOrEqualTo(100);
        assertThat(root.get("sockets?sub=&limit=").statusCode()).isEqualTo(200);
    }

    @Test
    void every_key_is_shown_with_its_source_and_no_secret() {
        List<JsonObject> values = root.list("configuration");

        assertThat(values)
                .filteredOn(each -> each.get("endpoint").equals(JsonValue.NULL))
                .extracting(each -> each.getString("key"))
                .containsExactlyElementsOf(Key.all().stream()
                        .filter(Key::isServerWide)
                        .map(Key::name)
                        .toList());
        for (String endpoint : Set.of("default", "secure", "limited")) {
            assertThat(values)
                    .filteredOn(each -> each.getString("endpoint", "").equals(endpoint))
                    .hasSize((int) Key.all().stream()
                            .filter(key -> !key.isServerWide())
                            .count());
        }
        assertThat(values)
                .filteredOn(each -> each.getString("key").equals("audit.key"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.getString("value")).isEqualTo("(not shown)");
                    assertThat(each.getString("setting")).isEqualTo("socketio.audit.key");
                });
        assertThat(values.toString()).doesNotContainIgnoringCase(SECRET);
        assertThat(values)
                .filteredOn(each -> each.getString("endpoint", "").equals("secure")
                        && each.getString("key").equals("path"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.getString("value")).isEqualTo("/secure/");
                    assertThat(each.getString("setting")).isEqualTo("socketio.endpoint.secure.path");
                    assertThat(each.getString("source"))
                            .isNotEmpty()
                            .isNotEqualTo("default"); // servers name it differently
                });
    }

    @Test
    void the_description_is_served_as_it_is_written() throws Exception {
        try (InputStream file = DescriptionResource.class.getResourceAsStream(DescriptionResource.FILE)) {
            assertThat(root.get("openapi.json").body())
                    .isEqualTo(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
