package io.portcullis.socketio.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {

    private static ServerConfig config(String... keysAndValues) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            builder.withDefaultValue(keysAndValues[i], keysAndValues[i + 1]);
        }
        return ServerConfig.from(builder.build());
    }

    @Test
    void without_any_setting_there_is_one_endpoint_with_the_defaults() {
        ServerConfig config = config();

        assertThat(config.endpoints()).hasSize(1);
        EndpointConfig endpoint = config.endpoints().get(0);
        assertThat(endpoint.name()).isEqualTo("default");
        assertThat(endpoint.get(Key.PATH)).isEqualTo("/socket.io/");
        assertThat(endpoint.get(Key.PING_INTERVAL)).isEqualTo(Duration.ofSeconds(25));
        assertThat(endpoint.get(Key.TRANSPORTS)).containsExactly(TransportName.POLLING, TransportName.WEBSOCKET);
        assertThat(endpoint.get(Key.CORS_ORIGINS)).containsExactly("allowed");
        assertThat(endpoint.get(Key.ORIGINS_ALLOWED)).containsExactly("same-origin");
        assertThat(endpoint.get(Key.RECOVERY)).isFalse();
    }

    @Test
    void an_endpoint_overrides_the_plain_keys() {
        ServerConfig config = config(
                "socketio.max-payload", "2000",
                "socketio.endpoint.feed.path", "/feed",
                "socketio.endpoint.feed.transports", "websocket",
                "socketio.endpoint.other.path", "/other/");

        EndpointConfig feed = config.endpoints().get(1);
        assertThat(feed.name()).isEqualTo("feed");
        assertThat(feed.get(Key.PATH)).isEqualTo("/feed/");
        assertThat(feed.get(Key.MAX_PAYLOAD)).isEqualTo(2000);
        assertThat(feed.get(Key.TRANSPORTS)).containsExactly(TransportName.WEBSOCKET);
        assertThat(config.endpoints().get(2).get(Key.TRANSPORTS)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ping-interval|25|an ISO-8601 duration",
                "ping-interval|PT0S|greater than zero",
                "ping-timeout|PT-1S|an ISO-8601 duration",
                "connect-timeout|P2D|at most P1D",
                "max-payload|0|a whole number from 1",
                "max-payload|1 MB|a whole number from 1",
                "send-queue|99999999999|a whole number from 1",
                "json.max-depth|1001|a whole number from 1 to 1000",
                "allow-upgrades|yes|true or false",
                "transports|polling,webtransport|polling, websocket",
                "transports|,|polling, websocket",
                "path|socket.io|a path such as /socket.io/",
                "path|/a b/|a path such as /socket.io/",
                "path|/a/*|a path such as /socket.io/",
                "cors.origins|*,https://a.example|allowed, none or * alone",
                "cors.origins|https://a.example/path|allowed, none or * alone",
                "cors.origins|a.example|allowed, none or * alone",
                "parser|yaml|json or msgpack",
                "cookie.name|a b|a cookie's name",
                "cookie.path|x; Secure|a path",
                "cookie.same-site|lax|Strict, Lax or None",
                "cors.exposed-headers|a b|header names"
            })
    void a_wrong_value_is_named_with_its_key_and_what_is_allowed(String key, String value, String allowed) {
        assertThatThrownBy(() -> config("socketio." + key, value))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'socketio." + key + "'")
                .hasMessageContaining("'" + value + "'")
                .hasMessageContaining(allowed);
    }

    @Test
    void a_secret_is_32_bytes_or_more_in_base64_or_hexadecimal() {
        String hex = "00ff".repeat(16);
        String base64 = "A".repeat(43) + "=";

        assertThat(config().get(Key.AUDIT_KEY)).isEmpty();
        assertThat(config("socketio.audit.key", hex).get(Key.AUDIT_KEY)).hasSize(32);
        assertThat(config("socketio.audit.key", base64).get(Key.AUDIT_KEY)).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "c2hvcnQ=", "00ff00ff", "not base64, not hexadecimal, but a long text"})
    void a_wrong_secret_is_refused_but_not_shown(String secret) {
        assertThatThrownBy(() -> config("socketio.audit.key", secret))
                .hasMessage("'socketio.audit.key' is '(not shown)', but must be 32 bytes or more in base64 or"
                        + " hexadecimal, or nothing.");
    }

    @Test
    void a_key_of_the_server_cannot_be_set_for_one_endpoint() {
        assertThatThrownBy(() -> config(
                        "socketio.endpoint.feed.path", "/feed/",
                        "socketio.endpoint.feed.store.data-source", "jdbc/feed"))
                .hasMessage("'socketio.endpoint.feed.store.data-source' cannot be set for one endpoint; set"
                        + " 'socketio.store.data-source'.");
    }

    @Test
    void all_mistakes_are_told_at_once() {
        assertThatThrownBy(() -> config(
                        "socketio.png-interval", "PT1S",
                        "socketio.max-payload", "x",
                        "socketio.endpoint.feed.max-payload", "y"))
                .hasMessageContaining("'socketio.png-interval' is not a configuration key")
                .hasMessageContaining("'socketio.max-payload' is 'x'")
                .hasMessageContaining("'socketio.endpoint.feed.max-payload' is 'y'")
                .hasMessageContaining("The endpoint 'feed' needs a path of its own");
    }

    @Test
    void an_environment_variable_may_be_listed_with_dots_for_its_dashes() {
        ServerConfig config = config(
                "socketio.ping.interval",
                "PT5S",
                "socketio.ping-interval",
                "PT5S",
                "socketio.http.compression.enabled",
                "true");

        assertThat(config.endpoints().get(0).get(Key.PING_INTERVAL)).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SOCKETIO_PNG_INTERVAL",
                "SOCKETIO_ENDPOINT_FEED_PNG_INTERVAL",
                "SOCKETIO_ENDPOINT_FEDE_PING_INTERVAL",
                "SOCKETIO_ENDPOINT_FEED_AUDIT_KEY",
                "SOCKETIO_ENDPOINT_PATH"
            })
    void a_misspelt_environment_variable_is_told(String name) {
        assertThatThrownBy(() -> config("socketio.endpoint.feed.path", "/feed/", name, "PT1S"))
                .hasMessage("The environment variable '" + name
                        + "' is not a configuration key; see the table in the README.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socketio.ping_interval",
                "socketio.Ping-Interval",
                "socketio.endpoint.feed.ping_interval",
                "socketio.endpoint-feed-path"
            })
    void a_key_with_the_wrong_separators_or_capitals_is_told(String name) {
        assertThatThrownBy(() -> config("socketio.endpoint.feed.path", "/feed/", name, "PT1S"))
                .hasMessage("'" + name + "' is not a configuration key; see the table in the README.");
    }

    /** As Open Liberty and WildFly list them. */
    @ParameterizedTest
    @CsvSource({
        "SOCKETIO_SERVICE_HOST,socketio.service.host",
        "SOCKETIO_PORT_6379_TCP,socketio.port[6379]tcp",
        "SOCKETIO_PORT_6379_TCP_ADDR,socketio.port[6379]tcp.addr"
    })
    void a_variable_of_kubernetes_is_somebody_elses_in_both_spellings(String variable, String name) {
        assertThatCode(() -> config(variable, "1", name, "1")).doesNotThrowAnyException();
    }

    @Test
    void a_misspelt_environment_variable_that_is_listed_in_two_spellings_is_told_once() {
        assertThatThrownBy(() -> config("SOCKETIO_PNG_INTERVAL", "PT1S", "socketio.png.interval", "PT1S"))
                .hasMessage(
                        "The environment variable 'SOCKETIO_PNG_INTERVAL' is not a configuration key; see the table in the README.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SOCKETIO_PING_INTERVAL",
                "SOCKETIO_LIMITS_CONNECTIONS_PER_ADDRESS",
                "SOCKETIO_ENDPOINT_LONG_NAME_HTTP_COMPRESSION_ENABLED",
                "socketio.endpoint.long.name.ping.interval",
                "SOCKETIO_SERVICE_HOST",
                "SOCKETIO_SERVICE_PORT_HTTP",
                "SOCKETIO_PORT",
                "SOCKETIO_ADAPTER_PORT_6379_TCP_ADDR"
            })
    void an_environment_variable_that_is_right_or_somebody_elses_is_not(String name) {
        assertThatCode(() -> config("socketio.endpoint.long-name.path", "/long/", name, "1"))
                .doesNotThrowAnyException();
    }

    static Stream<Key<?>> keysWithValuesOfTheirOwn() {
        return Key.all().stream()
                .filter(key -> !Set.of("string", "JNDI name", "list").contains(key.type()));
    }

    @ParameterizedTest
    @MethodSource("keysWithValuesOfTheirOwn")
    void every_key_refuses_what_is_no_value_of_it(Key<?> key) {
        assertThatThrownBy(() -> config("socketio." + key.name(), "no value"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'socketio." + key.name() + "'");
    }

    @Test
    void endpoints_do_not_share_a_path() {
        assertThatThrownBy(() -> config(
                        "socketio.endpoint.a.path", "/feed/",
                        "socketio.endpoint.b.path", "/feed"))
                .hasMessageContaining("[a, b] share the path '/feed/'");
    }

    @Test
    void without_the_trailing_slash_clients_ask_for_the_bare_path() {
        EndpointConfig endpoint =
                config("socketio.add-trailing-slash", "false").endpoints().get(0);

        assertThat(endpoint.requestPath()).isEqualTo("/socket.io");
    }
}
