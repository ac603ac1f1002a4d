package io.portcullis.socketio.rest;

import static io.portcullis.socketio.rest.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.testing.Administrator;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Origins as administrators see and change them. */
class OriginsResourceIT {

    private final Administrator root = Administrator.root();

    @Test
    void origins_are_those_of_the_configuration_and_those_that_were_added() {
        String origin = "https://" + UUID.randomUUID() + ".example";
        Instant before = Instant.now().minusMillis(1);
        String id = root.allow("secure", origin);

        List<JsonObject> all = root.list("origins?endpoint=secure");

        assertThat(all).extracting(each -> each.getString("endpoint")).containsOnly("secure");
        assertThat(all)
                .filteredOn(each -> each.getString("source").equals("configuration"))
                .extracting(each -> each.getString("origin"))
                .containsExactly("http://allowed.example", "https://*.apps.example");
        JsonObject added = all.stream()
                .filter(each -> each.getString("id").equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(added.getString("origin")).isEqualTo(origin);
        assertThat(added.getString("source")).isEqualTo("store");
        assertThat(added.getString("addedBy")).isEqualTo("root");
        assertThat(Instant.parse(added.getString("addedAt"))).isBetween(before, Instant.now());
        assertThat(root.list("origins?endpoint=limited"))
                .extracting(each -> each.getString("origin"))
                .doesNotContain(origin);

        assertThat(root.delete("origins/" + id).statusCode()).isEqualTo(204);
        assertProblem(root.delete("origins/" + id), 404);
        await().untilAsserted(() -> {
            assertDone("origin_added", origin);
            assertDone("origin_removed", origin);
        });
    }

    private void assertDone(String type, String origin) {
        assertThat(root.list("audit?sub=root&type=" + type))
                .filteredOn(each -> each.getString("target", "").equals(origin))
                .singleElement()
                .extracting(each -> each.getString("endpoint"))
                .isEqualTo("secure");
    }

    @Test
    void an_origin_of_the_configuration_is_removed_there() {
        JsonObject fixed = root.list("origins?endpoint=secure").get(0);

        HttpResponse<String> answer = root.delete("origins/" + fixed.getString("id"));

        assertProblem(answer, 409);
        assertThat(answer.body()).contains("socketio.endpoint.secure.origins.allowed");
        assertThat(root.list("origins?endpoint=secure")).contains(fixed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'endpoint':'secure','origin':'https://app.example/path'}",
                "{'endpoint':'secure','origin':'*'}",
                "{'endpoint':'secure','origin':'same-origin'}",
                "{'endpoint':'secure','origin':'null'}",
                "{'endpoint':'secure','origin':'https://*.example'}",
                "{'endpoint':'secure','origin':'https://app.example\\r\\n'}",
                "{'endpoint':'secure','origin':''}",
                "{'endpoint':'secure','origin':5}",
                "{'endpoint':'secure','origin':null}",
                "{'endpoint':'secure','origin':['https://app.example']}",
                "{'endpoint':'secure','origin':'https://a.example','origin':'https://b.example'}",
                "{'endpoint':'nothing','origin':'https://app.example'}",
                "{'origin':'https://app.example'}",
                "{'endpoint':'secure'}",
                "['https://app.example']",
                "{} {}",
                "{",
                "nothing"
            })
    void what_is_no_origin_is_not_added(String body) {
        List<JsonObject> before = root.list("origins");

        assertProblem(root.post("origins", body.replace('\'', '"')), 400);

        assertThat(root.list("origins")).isEqualTo(before);
    }

    @Test
    void an_unknown_endpoint_has_no_origins() {
        assertProblem(root.get("origins?endpoint=nothing"), 400);
    }
}
