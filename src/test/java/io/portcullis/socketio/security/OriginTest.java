package io.portcullis.socketio.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How origins are read and compared. */
class OriginTest {

    private static final int GENERATED = 20_000;

    @ParameterizedTest
    @CsvSource({
        "https://app.example,       https://app.example",
        "https://APP.Example,       https://app.example",
        "https://app.example:443,   https://app.example",
        "http://app.example:80,     http://app.example",
        "http://app.example:8080,   http://app.example:8080",
        "https://app.example:80,    https://app.example:80",
        "http://127.0.0.1:3000,     http://127.0.0.1:3000",
        "http://[::1]:3000,         http://[0:0:0:0:0:0:0:1]:3000",
        "https://[2001:DB8::1],     https://[2001:db8:0:0:0:0:0:1]",
        "capacitor://localhost,     capacitor://localhost",
        "https://xn--bcher-kva.example, https://xn--bcher-kva.example",
        "https://a_b.example,       https://a_b.example"
    })
    void reads_what_browsers_send(String text, String canonical) {
        assertThat(Origin.parse(text)).isNotNull().hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "app.example",
                "https:app.example",
                "https:/app.example",
                "https://",
                "https://app.example/",
                "https://app.example/path",
                "https://app.example?query",
                "https://app.example#fragment",
                "https://user@app.example",
                "https://app.example@evil.test",
                "https://app.example:",
                "https://app.example:0",
                "https://app.example:0443",
                "https://app.example:65536",
                "https://app.example:44a",
                "https://app.example.",
                "https://.app.example",
                "https://app..example",
                "https://-app.example",
                "https://app-.example",
                "https://app。example",
                "https://app%2eexample",
                "https://b\u00fccher.example",
                "https://app.example ",
                " https://app.example",
                "https://app.example, https://app.example",
                "https://app\u0000.example",
                "HTTPS://app.example",
                "https://127.0.0.01",
                "https://127.1",
                "https://0x7f.0.0.1",
                "https://2130706433",
                "https://256.0.0.1",
                "https://[::1",
                "https://[::1%25eth0]",
                "https://[v1.a:b]",
                "https://::1"
            })
    void what_browsers_do_not_send_is_none(String text) {
        assertThat(Origin.parse(text)).isNull();
    }

    @Test
    void an_endless_one_is_none() {
        assertThat(Origin.parse("https://" + "a.".repeat(200_000) + "example")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://*.apps.example, https://one.apps.example, true",
        "https://*.apps.example, https://ONE.apps.example, true",
        "https://*.apps.example, https://apps.example, false",
        "https://*.apps.example, https://one.two.apps.example, false",
        "https://*.apps.example, https://evil-apps.example, false",
        "https://*.apps.example, https://one.apps.example.evil.test, false",
        "https://*.apps.example, http://one.apps.example, false",
        "https://*.apps.example, https://one.apps.example:8443, false",
        "https://*.apps.example:8443, https://one.apps.example:8443, true"
    })
    void a_star_stands_for_one_label(String pattern, String origin, boolean allowed) {
        assertThat(OriginRule.parse(pattern).allows(Origin.parse(origin))).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://*",
                "https://*.example",
                "https://*.*.example",
                "https://**.apps.example",
                "https://a*.apps.example",
                "https://app.*.example",
                "*://app.example",
                "https://app.example:*",
                "https://*.127.0.0.1",
                "https://*.apps.example/"
            })
    void other_patterns_are_none(String pattern) {
        assertThat(OriginRule.parse(pattern)).isNull();
    }

    /** Whatever is generated: it is allowed if, and only if, scheme, host and port are those of the rule, compared piece by piece. */
    @Test
    void nothing_is_allowed_that_is_not_equal_under_the_rule() {
        OriginRule exact = OriginRule.parse("https://app.example");
        OriginRule pattern = OriginRule.parse("https://*.apps.example");
        Random random = new Random(17);
        int allowed = 0;

        for (int i = 0; i < GENERATED; i++) {
            String text = generate(random);

            Origin origin = Origin.parse(text);
            boolean isExact =
                    text.toLowerCase(Locale.ROOT).matches("https://app\\.example(:443)?") && text.startsWith("https");
            boolean isPattern = text.matches("https://(?i:[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\\.apps\\.example)(:443)?");
            assertThat(origin != null && exact.allows(origin)).as(text).isEqualTo(isExact);
            assertThat(origin != null && pattern.allows(origin)).as(text).isEqualTo(isPattern);
            allowed += isExact || isPattern ? 1 : 0;
        }

        assertThat(allowed).as("of the generated ones").isBetween(100, GENERATED / 2);
    }

    private static String generate(Random random) {
        String scheme = one(random, "https", "https", "https", "https", "http", "HTTPS", "httpss", "wss", "");
        String separator = one(random, "://", "://", "://", "://", "://", ":/", ":", ":///", "://user@");
        String host = one(random, "app", "App", "a.apps", "one-1.apps", "apps", "a.b.apps", "evil-apps", "", "*.apps")
                + one(random, ".", ".", ".", ".", "。", "..", "%2e", "")
                + one(random, "example", "example", "EXAMPLE", "example.", "example.evil.test", "example@evil.test");
        String port = one(random, "", "", "", ":443", ":444", ":", ":0443", ":80");
        String tail = one(random, "", "", "", "", "/", "?", "#", " ", "\u202e", "\r\n");
        return scheme + separator + host + port + tail;
    }

    private static String one(Random random, String... of) {
        return List.of(of).get(random.nextInt(of.length));
    }
}
