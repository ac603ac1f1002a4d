package io.portcullis.socketio.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.config.Key;
import io.portcullis.socketio.security.AuditType;
import io.portcullis.socketio.testing.Administrator;
import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.FixtureServer;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.SocketClient;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The administration from outside: who may, what it answers, and what it refuses. */
class RestIT {

    /** The fixture's {@code socketio.audit.key}. */
    private static final String SECRET = "5f1d0c7a9e3b48266d84f0a1c2b7e95533ab60d7185e42cf97d10b6ea8f4732c";

    private static final String JSON = "application/json";

    private final Administrator root = Administrator.root();

    private static void assertProblem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body()).doesNotContain("io.portcullis", "Exception", "RESTEASY", "\tat ");
        JsonObject problem = EngineClient.json(answer.body());
        assertThat(problem.getInt("status")).isEqualTo(status);
        assertThat(problem.keySet()).containsExactlyInAnyOrder("type", "title", "status", "detail");
        assertThat(problem.getString("detail")).endsWith(".");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, origins",
        "POST, origins",
        "DELETE, origins/configuration-1",
        "GET, audit",
        "GET, audit/verification",
        "GET, sockets",
        "DELETE, sockets/unknown",
        "GET, limits",
        "PATCH, limits",
        "GET, configuration",
        "GET, openapi.json"
    })
    void nobody_but_an_administrator_gets_anything(String method, String path) {
        HttpResponse<String> nobody = Administrator.nobody().send(method, path, "");

        assertProblem(nobody, 401);
        assertThat(nobody.headers().firstValue("www-authenticate")).isPresent();
        assertProblem(Administrator.as("nemo").send(method, path, ""), 401);
        assertProblem(Administrator.as("alice").send(method, path, ""), 403);
        assertProblem(root.send(method, path, "", "Origin", "http://evil.example"), 403);
        assertProblem(root.send(method, path, "", "Sec-Fetch-Site", "cross-site"), 403);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, null",
        "Origin, http://127.0.0.1",
        "Origin, http://127.0.0.1.evil.example",
        "origin, http://evil.example",
        "sec-fetch-site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Sec-Fetch-Site, anything"
    })
    void what_a_page_of_another_origin_makes_a_browser_send_is_refused(String header, String value) {
        assertProblem(root.get("limits", header, value), 403);
    }

    @Test
    void the_servers_own_pages_may_call() {
        String own = FixtureServer.uri().toString();

        assertThat(root.get("limits", "Origin", own).statusCode()).isEqualTo(200);
        assertThat(root.get("limits", "Origin", own, "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(200);
        assertThat(root.get("limits", "Sec-Fetch-Site", "none").statusCode()).isEqualTo(200);
    }

    @Test
    void a_wrong_password_breaks_nothing_else() {
        String wrong = "Authorization: Basic cm9vdDp3cm9uZw==";

        assertThat(RawHttp.fetch("/healthz", wrong).status()).isEqualTo(200);
        assertThat(RawHttp.fetch("/secure/?EIO=4&transport=polling", wrong).status())
                .isEqualTo(200);
        EngineClient.Via.WEBSOCKET.open("/secure/", wrong).close();
    }

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
    void who_is_connected_is_listed_and_can_be_disconnected() {
        String page = "Origin: http://allowed.example";
        String login = "Authorization: " + Administrator.login("bob");
        try (SocketClient bob = SocketClient.open(EngineClient.Via.WEBSOCKET, "/secure/", page, login);
                SocketClient other = SocketClient.open(EngineClient.Via.WEBSOCKET, "/secure/")) {
            String id = bob.enter("/public");
            String otherId = other.enter("/public");

            List<JsonObject> all = root.list("sockets?sub=bob");
            assertThat(all).hasSize(1);
            assertThat(all.get(0).keySet())
                    .containsExactlyInAnyOrder("id", "endpoint", "namespace", "iss", "sub", "rooms");
            assertThat(all.get(0).getString("id")).isEqualTo(id);
            assertThat(all.get(0).getString("endpoint")).isEqualTo("secure");
            assertThat(all.get(0).getString("namespace")).isEqualTo("/public");
            assertThat(all.get(0).getString("sub")).isEqualTo("bob");
            assertThat(all.get(0).get("iss")).isEqualTo(JsonValue.NULL);
            assertThat(all.get(0).getJsonArray("rooms").getValuesAs(JsonString::getString))
                    .containsExactly(id);
            assertThat(root.list("sockets"))
                    .filteredOn(each -> each.getString("id").equals(otherId))
                    .singleElement()
                    .satisfies(each -> assertThat(each.get("sub")).isEqualTo(JsonValue.NULL));
            assertThat(root.list("sockets?limit=1")).hasSize(1);

            assertThat(root.delete("sockets/" + id).statusCode()).isEqualTo(204);

            bob.engine().awaitEnd();
            await().untilAsserted(() -> {
                JsonValue farewell =
                        other.ask("/public", "[\"reason-of\",\"" + id + "\"]").get(0);
                assertThat(farewell)
                        .isInstanceOfSatisfying(JsonObject.class, told -> assertThat(told.getString("reason"))
                                .isEqualTo("server namespace disconnect"));
            });
            assertThat(root.list("sockets?sub=bob")).isEmpty();
            assertProblem(root.delete("sockets/" + id), 404);
            await().untilAsserted(() -> assertThat(root.list("audit?type=evicted"))
                    .filteredOn(each -> each.getString("socketId").equals(id))
                    .singleElement()
                    .satisfies(each -> {
                        assertThat(each.getString("sub")).isEqualTo("bob");
                        assertThat(each.getString("address")).isEqualTo("127.0.0.1");
                        assertThat(each.getString("detail")).isEqualTo("by root at 127.0.0.1");
                    }));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10001", "x", "1.5"})
    void a_limit_of_sockets_is_a_number_within_bounds(String limit) {
        assertProblem(root.get("sockets?limit=" + limit), 400);
    }

    @Test
    void an_empty_parameter_is_none() {
        assertThat(root.list("origins?endpoint=")).isEqualTo(root.list("origins"));
        assertThat(root.list("audit?type=&sub=&since=&limit=")).hasSizeLessThanOrEqualTo(100);
        assertThat(root.get("sockets?sub=&limit=").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(AuditType.class)
    void the_audit_can_be_asked_for_every_type(AuditType type) {
        assertThat(root.list("audit?type=" + type.text()))
                .allSatisfy(each -> assertThat(each.getString("type")).isEqualTo(type.text()));
    }

    @Test
    void G06_who_guesses_passwords_leaves_traces() {
        Instant start = Instant.now().minusMillis(1);
        Administrator.as("nemo").get("configuration");

        await().untilAsserted(() -> assertThat(root.list("audit?type=authentication_failed&since=" + start))
                .anySatisfy(each -> {
                    assertThat(each.getString("target")).isEqualTo("GET configuration");
                    assertThat(each.getString("address")).isEqualTo("127.0.0.1");
                    assertThat(each.get("sub")).isEqualTo(JsonValue.NULL);
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application.wadl", "limits/application.wadl", "openapi", "?_wadl", ""})
    void nothing_describes_the_administration_but_to_an_administrator(String path) {
        assertThat(Administrator.nobody().get(path).statusCode()).isIn(401, 404);
        assertThat(root.get(path).body()).doesNotContainIgnoringCase("wadl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limits", "audit", "origins/x", "nothing"})
    void a_question_for_methods_tells_strangers_nothing_that_counts(String path) {
        HttpResponse<String> answer = Administrator.nobody().send("OPTIONS", path, "");

        assertThat(answer.statusCode()).isIn(200, 204, 401, 404, 405);
        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
        assertThat(answer.body()).doesNotContainIgnoringCase("wadl");
    }

    @Test
    void the_audit_is_asked_with_care() {
        assertProblem(root.get("audit?type=nothing"), 400);
        assertProblem(root.get("audit?limit=0"), 400);
        assertProblem(root.get("audit?limit=10001"), 400);
        assertProblem(root.get("audit?limit=many"), 400);
        assertProblem(root.get("audit?since=yesterday"), 400);
        assertThat(root.list("audit?limit=1000&type=connected&since=2999-01-01T00:00:00Z"))
                .isEmpty();
        String odd = URLEncoder.encode("' or 1=1 --\u0000", StandardCharsets.UTF_8);
        assertThat(root.list("audit?sub=" + odd)).isEmpty();
    }

    @Test
    void the_audit_begins_with_the_newest() {
        root.send("GET", "limits", "", "Origin", "http://evil.example");
        await().until(() -> !root.list("audit?type=access_denied&limit=1").isEmpty());

        List<JsonObject> events = root.list("audit?limit=50");

        assertThat(events).extracting(each -> -each.getInt("number")).isSorted().doesNotHaveDuplicates();
        assertThat(events.get(0).keySet())
                .containsExactlyInAnyOrder(
                        "number",
                        "time",
                        "node",
                        "type",
                        "endpoint",
                        "address",
                        "iss",
                        "sub",
                        "socketId",
                        "namespace",
                        "target",
                        "code",
                        "detail",
                        "occurrences");
        assertThat(root.list("audit?limit=1")).hasSize(1);
    }

    @Test
    void the_chain_is_intact() {
        JsonObject verification = root.object("audit/verification");

        assertThat(verification.getBoolean("intact")).isTrue();
        assertThat(verification.getInt("entries")).isNotNegative();
        assertThat(verification.keySet()).containsExactlyInAnyOrder("intact", "entries");
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

    @Test
    void an_application_that_has_found_our_classes_shows_its_own_and_nothing_of_ours() {
        assertThat(root.get("/api/limits").body()).isEqualTo("the application's own");
        assertThat(root.get("/api/configuration").statusCode()).isEqualTo(404);
        assertThat(root.get("/api/audit").statusCode()).isEqualTo(404);
        assertThat(Administrator.nobody().get("/api/sockets").statusCode()).isEqualTo(404);
        assertThat(root.post("/api/origins", "{\"endpoint\":\"secure\",\"origin\":\"https://api.example\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(root.list("origins?endpoint=secure"))
                .extracting(each -> each.getString("origin"))
                .doesNotContain("https://api.example");
    }
}
