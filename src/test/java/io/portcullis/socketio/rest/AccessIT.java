package io.portcullis.socketio.rest;

import static io.portcullis.socketio.rest.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.testing.Administrator;
import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.FixtureServer;
import io.portcullis.socketio.testing.RawHttp;
import jakarta.json.JsonValue;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may administer, and from where: from outside. */
class AccessIT {

    private final Administrator root = Administrator.root();

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
    void G06_who_guesses_passwords_leaves_traces() {
        String path = "sockets/" + UUID.randomUUID();
        Administrator.as("nemo").delete(path);

        await().untilAsserted(() -> assertThat(root.list("audit?type=authentication_failed"))
                .anySatisfy(each -> {
                    assertThat(each.getString("target")).isEqualTo("DELETE " + path);
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
