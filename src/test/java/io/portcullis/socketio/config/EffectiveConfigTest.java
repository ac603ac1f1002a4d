package io.portcullis.socketio.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is in force, by profile and by source, and what the log says about it. */
class EffectiveConfigTest {

    private static SmallRyeConfig config(String profile, Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withProfile(profile)
                .withSources(
                        new PropertiesConfigSource(
                                Map.of(
                                        "socketio.ping-interval", "PT25S",
                                        "%dev.socketio.ping-interval", "PT5S",
                                        "%prod.socketio.max-payload", "100000",
                                        "socketio.endpoint.feed.path", "/feed/",
                                        "socketio.endpoint.feed.ping-interval", "PT1S"),
                                "microprofile-config.properties",
                                100),
                        new PropertiesConfigSource(environment, "environment variables", 300))
                .build();
    }

    private static List<String> effective(SmallRyeConfig config) {
        return ServerConfig.from(config).effective(config).stream()
                .map(EffectiveValue::toString)
                .toList();
    }

    @Test
    void says_each_key_of_the_server_and_of_each_endpoint_once_and_where_its_value_comes_from() {
        List<String> lines = effective(config("test", Map.of("socketio.ack-timeout", "PT9S")));

        long serverWide = Key.all().stream().filter(Key::isServerWide).count();
        assertThat(lines).doesNotHaveDuplicates().hasSize((int) (2 * Key.all().size() - serverWide));
        assertThat(lines)
                .contains(
                        "Endpoint default: ping-interval = PT25S, from socketio.ping-interval in"
                                + " PropertiesConfigSource[source=microprofile-config.properties]",
                        "Endpoint feed: ping-interval = PT1S, from socketio.endpoint.feed.ping-interval in"
                                + " PropertiesConfigSource[source=microprofile-config.properties]",
                        "Endpoint feed: ack-timeout = PT9S, from socketio.ack-timeout in"
                                + " PropertiesConfigSource[source=environment variables]",
                        "Endpoint default: parser = json, from the default",
                        "Server: store.data-source = java:comp/DefaultDataSource, from the default");
    }

    @Test
    void the_key_of_the_audit_log_is_not_shown() {
        String secret = "0123456789abcdef".repeat(4);

        assertThat(effective(config("test", Map.of("socketio.audit.key", secret))))
                .contains("Server: audit.key = (not shown), from socketio.audit.key in"
                        + " PropertiesConfigSource[source=environment variables]")
                .noneMatch(line -> line.contains(secret));
    }

    @Test
    void a_profile_decides() {
        assertThat(effective(config("dev", Map.of()))).anyMatch(line -> line.contains("ping-interval = PT5S"));
        assertThat(effective(config("prod", Map.of())))
                .anyMatch(line -> line.contains("max-payload = 100000"))
                .anyMatch(line -> line.contains("default: ping-interval = PT25S"));
    }
}
