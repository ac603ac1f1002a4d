package io.portcullis.socketio.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.EngineClient;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;

/** Pure functions. What a refusal looks like. Source: RFC 9457. */
final class Problems {

    private Problems() {}

    static void assertProblem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body()).doesNotContain("io.portcullis", "Exception", "RESTEASY", "\tat ");
        JsonObject problem = EngineClient.json(answer.body());
        assertThat(problem.getInt("status")).isEqualTo(status);
        assertThat(problem.keySet()).containsExactlyInAnyOrder("type", "title", "status", "detail");
        assertThat(problem.getString("detail")).endsWith(".");
    }
}
