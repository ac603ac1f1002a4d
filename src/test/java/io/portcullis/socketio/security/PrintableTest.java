package io.portcullis.socketio.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients have written is safe to show. */
class PrintableTest {

    @ParameterizedTest
    @CsvSource({
        "10,    \\u000a",
        "13,    \\u000d",
        "0,     \\u0000",
        "27,    \\u001b",
        "127,   \\u007f",
        "155,   \\u009b",
        "8238,  \\u202e",
        "8294,  \\u2066",
        "8203,  \\u200b",
        "8232,  \\u2028",
        "55296, \\ud800",
        "917536, \\ue0020"
    })
    void G01_no_character_ends_a_line_colours_it_turns_it_or_hides(int character, String shown) {
        assertThat(Printable.of("a" + Character.toString(character) + "b")).isEqualTo("a" + shown + "b");
    }

    @Test
    void what_is_harmless_stays() {
        assertThat(Printable.of("Zürich <b> 東京 🚀 ${x}")).isEqualTo("Zürich <b> 東京 🚀 ${x}");
    }

    @Test
    void what_is_long_is_cut() {
        assertThat(Printable.of("x".repeat(100_000))).hasSize(201).endsWith("…");
    }
}
