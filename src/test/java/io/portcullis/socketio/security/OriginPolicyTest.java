package io.portcullis.socketio.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.socketio.config.ConfigurationException;
import io.portcullis.socketio.security.OriginPolicy.Decision;
import io.portcullis.socketio.testing.Configs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests may come, by the page that they come from. */
class OriginPolicyTest {

    private static final Origin OWN = Origin.parse("https://chat.example");

    private static OriginPolicy policy(String... keysAndValues) {
        return OriginPolicy.of(Configs.endpoint(keysAndValues), false);
    }

    private static Decision judge(OriginPolicy policy, String origin, String fetchSite, boolean ambient) {
        return policy.judge(new OriginClaim(origin, fetchSite, OWN, ambient));
    }

    private static boolean lets(OriginPolicy policy, String origin) {
        return judge(policy, origin, null, false) == Decision.ALLOWED;
    }

    @Test
    void a_listed_origin_may_come_and_no_other() {
        OriginPolicy policy = policy("origins.allowed", "https://app.example, https://*.apps.example");

        assertThat(lets(policy, "https://app.example")).isTrue();
        assertThat(lets(policy, "https://one.apps.example")).isTrue();
        assertThat(lets(policy, "https://evil.example")).isFalse();
        assertThat(lets(policy, "https://chat.example"))
                .as("its own, which is not listed")
                .isFalse();
        assertThat(lets(policy, "null")).isFalse();
        assertThat(lets(policy, "no origin")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://127.0.0.1:8443, https://127.0.0.1:8443, ALLOWED",
        "http://localhost:8080,  http://localhost:8080,  ALLOWED",
        "http://[::1]:8080,      http://[::1]:8080,      ALLOWED",
        "https://127.0.0.1:8443, https://127.0.0.1:9443, REFUSED",
        "http://127.0.0.1,       https://127.0.0.1,      REFUSED",
        "https://evil.test,      https://evil.test,      REFUSED"
    })
    void by_default_the_pages_of_this_server_itself_may_come_unless_its_name_could_be_anybodys(
            String own, String origin, Decision decision) {
        OriginClaim claim = new OriginClaim(origin, null, Origin.parse(own), false);

        assertThat(policy().judge(claim)).isEqualTo(decision);
    }

    @Test
    void a_star_lets_every_page_in() {
        OriginPolicy policy = policy("origins.allowed", "*");

        assertThat(lets(policy, "https://evil.example")).isTrue();
        assertThat(lets(policy, "null")).isTrue();
    }

    @Test
    void who_was_authenticated_by_the_browser_alone_comes_from_a_named_page_only() {
        OriginPolicy any = policy("origins.allowed", "*", "origins.null", "allow");
        OriginPolicy named = policy("origins.allowed", "https://app.example");

        assertThat(judge(any, "https://evil.example", null, true)).isEqualTo(Decision.REFUSED);
        assertThat(judge(any, "null", null, true)).isEqualTo(Decision.REFUSED);
        assertThat(judge(any, null, null, true)).isEqualTo(Decision.REFUSED);
        assertThat(judge(named, "https://app.example", "same-site", true)).isEqualTo(Decision.ALLOWED);
        assertThat(judge(named, "https://app.example", "cross-site", true)).isEqualTo(Decision.REFUSED);
        assertThat(judge(named, "https://app.example", "none", true)).isEqualTo(Decision.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"allow, ALLOWED", "deny, REFUSED"})
    void whether_an_absent_origin_may_come_is_configured(String value, Decision decision) {
        assertThat(judge(policy("origins.absent", value), null, null, false)).isEqualTo(decision);
    }

    @ParameterizedTest
    @CsvSource({"allow, ALLOWED", "deny, REFUSED"})
    void whether_the_origin_null_may_come_is_configured(String value, Decision decision) {
        assertThat(judge(policy("origins.null", value), "null", null, false)).isEqualTo(decision);
    }

    @Test
    void a_page_of_this_server_need_not_name_its_origin_because_browsers_do_not() {
        OriginPolicy policy = policy("origins.allowed", "https://chat.example", "origins.absent", "deny");

        assertThat(judge(policy, null, "same-origin", true)).isEqualTo(Decision.ALLOWED);
        assertThat(judge(policy, null, "same-site", false)).isEqualTo(Decision.REFUSED);
        assertThat(judge(policy, null, null, false)).isEqualTo(Decision.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "same-origin"})
    void what_a_page_that_is_not_named_loads_like_an_image_is_no_client(String site) {
        assertThat(judge(policy(), null, site, false)).isEqualTo(Decision.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app\r\n.example", "https://app\u0000.example", "https://\u3002", "\u007f"})
    void a_header_that_cannot_be_one_is_malformed(String origin) {
        assertThat(judge(policy("origins.allowed", "*"), origin, null, false)).isEqualTo(Decision.MALFORMED);
    }

    @Test
    void a_header_that_is_too_long_is_malformed() {
        assertThat(judge(policy(), "https://" + "a".repeat(3_000), null, false)).isEqualTo(Decision.MALFORMED);
    }

    @Test
    void what_is_added_may_come_until_it_is_removed() {
        OriginPolicy policy = policy("origins.allowed", "https://app.example");

        policy.alsoAllow(List.of(OriginRule.parse("https://*.customers.example")));
        assertThat(lets(policy, "https://one.customers.example")).isTrue();

        policy.alsoAllow(List.of());
        assertThat(lets(policy, "https://one.customers.example")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.example", "https://app.example/", "https://*", "https://*.*.example", "ftp:/x"})
    void an_entry_that_is_no_origin_fails_the_deployment(String entry) {
        assertThatThrownBy(() -> policy("origins.allowed", "https://app.example," + entry))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'socketio.origins.allowed' contains '" + entry + "'")
                .hasMessageContaining("https://app.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*|which lets every page of the world in",
                "same-origin|which believes the request's own host",
                "http://app.example|write https://",
                "ws://app.example|write https://",
                "http://localhost:3000|'socketio.origins.loopback'",
                "https://127.0.0.1|'socketio.origins.loopback'",
                "https://[::1]|'socketio.origins.loopback'"
            })
    void what_is_unsafe_fails_the_deployment_in_production(String entry, String mend) {
        assertThatThrownBy(() -> OriginPolicy.of(Configs.endpoint("origins.allowed", entry), true))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'socketio.origins.allowed' contains '" + entry + "'")
                .hasMessageContaining(mend);
    }

    @Test
    void an_empty_list_fails_the_deployment() {
        assertThatThrownBy(() -> policy("origins.allowed", ","))
                .hasMessageContaining("'socketio.origins.allowed' is empty");
    }

    @Test
    void no_origin_at_all_fails_the_deployment_in_production() {
        assertThatThrownBy(() -> OriginPolicy.of(Configs.endpoint(), true))
                .hasMessageContaining("'socketio.origins.allowed'")
                .hasMessageContaining("https://app.example");
    }

    @Test
    void in_production_this_machine_may_be_listed_where_a_key_allows_it() {
        OriginPolicy policy = OriginPolicy.of(
                Configs.endpoint(
                        "origins.allowed", "https://app.example,http://localhost:3000", "origins.loopback", "true"),
                true);

        assertThat(lets(policy, "http://localhost:3000")).isTrue();
    }
}
