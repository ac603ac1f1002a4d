package io.portcullis.socketio.rest;

import static io.portcullis.socketio.rest.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.security.AuditType;
import io.portcullis.socketio.testing.Administrator;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The audit trail as administrators see it. */
class AuditResourceIT {

    private final Administrator root = Administrator.root();

    @ParameterizedTest
    @EnumSource(AuditType.class)
    void the_audit_can_be_asked_for_every_type(AuditType type) {
        assertThat(root.list("audit?type=" + type.text()))
                .allSatisfy(each -> assertThat(each.getString("type")).isEqualTo(type.text()));
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
}
