package io.portcullis.socketio.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.socketio.config.ConfigurationException;
import io.portcullis.socketio.testing.Configs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where requests come from, and whose word is believed about it. */
class TrustedProxiesTest {

    private static final String TRUSTED = "10.0.0.0/8, 192.0.2.7, 2001:db8:1::/48";

    private static RequestSource source(String peer, String... headersAndValues) {
        Map<String, List<String>> headers = new HashMap<>();
        for (int i = 0; i < headersAndValues.length; i += 2) {
            headers.put(headersAndValues[i], List.of(headersAndValues[i + 1]));
        }
        return TrustedProxies.of(Configs.endpoint("trusted-proxies", TRUSTED))
                .sourceOf(new Peer(peer, "http", "inner.example", 8080), name -> headers.getOrDefault(name, List.of()));
    }

    @Test
    void L02_what_an_untrusted_peer_says_is_ignored() {
        RequestSource source = source(
                "203.0.113.9",
                "X-Forwarded-For",
                "198.51.100.1",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Host",
                "chat.example");

        assertThat(source.address()).isEqualTo("203.0.113.9");
        assertThat(source.secure()).isFalse();
        assertThat(source.own()).hasToString("http://inner.example:8080");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.1|198.51.100.1",
                "6.6.6.6, 198.51.100.1|198.51.100.1",
                "6.6.6.6, 198.51.100.1, 10.1.1.1|198.51.100.1",
                "6.6.6.6, 198.51.100.1, 10.1.1.1, 192.0.2.7|198.51.100.1",
                "10.9.9.9|10.9.9.9",
                "6.6.6.6, nonsense|10.0.0.1",
                "6.6.6.6, nonsense, 10.2.2.2|10.2.2.2",
                "198.51.100.1:4711|198.51.100.1",
                "[2001:db8:2::1]:4711|2001:db8:2:0:0:0:0:1",
                "2001:db8:2::1|2001:db8:2:0:0:0:0:1",
                "6.6.6.6,|10.0.0.1"
            })
    void L02_the_first_from_the_right_that_is_not_trusted_is_the_client(String header, String client) {
        assertThat(source("10.0.0.1", "X-Forwarded-For", header).address()).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=198.51.100.1|198.51.100.1",
                "For=\"198.51.100.1:4711\";proto=https|198.51.100.1",
                "for=6.6.6.6, for=\"[2001:db8:2::1]:4711\"|2001:db8:2:0:0:0:0:1",
                "for=6.6.6.6, for=198.51.100.1, for=10.1.1.1;by=10.0.0.1|198.51.100.1",
                "for=unknown|10.0.0.1",
                "for=_hidden|10.0.0.1",
                "for=6.6.6.6 for=198.51.100.1|10.0.0.1",
                "for=\"6.6.6.6, for=198.51.100.1|198.51.100.1",
                "nonsense, for=198.51.100.1|198.51.100.1",
                "for=6.6.6.6;host=localhost;proto=https;, for=198.51.100.1|198.51.100.1",
                "for=6.6.6.6;, proto=https|10.0.0.1",
                "for=198.51.100.1;|10.0.0.1",
                "for=\"\\\"6.6.6.6\", for=198.51.100.1|198.51.100.1",
                "for=999.1.1.1|10.0.0.1",
                "proto=https|10.0.0.1"
            })
    void L02_the_standard_header_is_read_like_RFC_7239_has_it(String header, String client) {
        assertThat(source("10.0.0.1", "Forwarded", header).address()).isEqualTo(client);
    }

    @Test
    void the_standard_header_says_how_and_for_what_the_proxy_was_asked() {
        RequestSource source =
                source("10.0.0.1", "Forwarded", "for=198.51.100.1;proto=https;host=\"chat.example:8443\"");

        assertThat(source.secure()).isTrue();
        assertThat(source.own()).hasToString("https://chat.example:8443");
    }

    @Test
    void the_usual_headers_say_how_and_for_what_the_proxy_was_asked() {
        RequestSource source = source(
                "10.0.0.1",
                "X-Forwarded-For",
                "198.51.100.1",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Host",
                "chat.example");

        assertThat(source.secure()).isTrue();
        assertThat(source.own()).hasToString("https://chat.example");
    }

    @Test
    void two_headers_that_contradict_each_other_are_not_believed() {
        RequestSource source = source("10.0.0.1", "Forwarded", "for=6.6.6.6", "X-Forwarded-For", "198.51.100.1");

        assertThat(source.address()).isEqualTo("10.0.0.1");
    }

    @Test
    void a_host_that_is_none_belongs_to_no_page() {
        RequestSource source =
                source("10.0.0.1", "X-Forwarded-For", "198.51.100.1", "X-Forwarded-Host", "evil.test@chat.example");

        assertThat(Origin.parse("http://chat.example")).isNotEqualTo(source.own());
        assertThat(source.own().host()).isEmpty();
    }

    @Test
    void L02_a_long_list_of_the_client_hides_nobody() {
        String many = "for=6.6.6.6, ".repeat(1_000);

        assertThat(source("10.0.0.1", "Forwarded", many + "for=198.51.100.1").address())
                .isEqualTo("198.51.100.1");
        assertThat(source("10.0.0.1", "Forwarded", "for=\"" + "a".repeat(100_000) + "\", for=198.51.100.1")
                        .address())
                .isEqualTo("198.51.100.1");
    }

    @Test
    void L03_all_addresses_of_an_IPv6_network_are_one() {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            String address = "2001:db8:5:6:%x:%x:%x:%x"
                    .formatted(random.nextInt(65_536), random.nextInt(65_536), random.nextInt(65_536), i);
            assertThat(source(address).group()).isEqualTo("2001:db8:5:6:0:0:0:0/64");
        }
        assertThat(source("2001:db8:5:7::1").group()).isEqualTo("2001:db8:5:7:0:0:0:0/64");
        assertThat(source("::ffff:198.51.100.1").group()).isEqualTo("198.51.100.1");
        assertThat(source("fe80::1%eth0").group()).isEqualTo("fe80:0:0:0:0:0:0:0/64");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,     10.255.1.2,   true",
        "10.0.0.0/8,     11.0.0.1,     false",
        "192.0.2.128/25, 192.0.2.128,  true",
        "192.0.2.128/25, 192.0.2.127,  false",
        "0.0.0.0/0,      8.8.8.8,      true",
        "0.0.0.0/0,      2001:db8::1,  false",
        "2001:db8::/33,  2001:db8:7fff::1, true",
        "2001:db8::/33,  2001:db8:8000::1, false",
        "192.0.2.1,      192.0.2.1,    true",
        "192.0.2.1,      192.0.2.2,    false"
    })
    void a_range_holds_what_shares_its_first_bits(String range, String address, boolean holds) {
        assertThat(AddressRange.parse(range).contains(Addresses.parse(address))).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0/8", "::1%lo", "::/129"})
    void an_entry_that_is_no_range_fails_the_deployment(String entry) {
        assertThatThrownBy(() -> TrustedProxies.of(Configs.endpoint("trusted-proxies", entry)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'socketio.trusted-proxies' contains '" + entry + "'");
    }
}
