package io.portcullis.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder();
        JsonText.appendQuoted(out, text);
        return out.toString();
    }

    /** The right column is what JSON.stringify of ECMAScript 2019 and later answers. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "0, \\u0000",
                "7, \\u0007",
                "8, \\b",
                "9, \\t",
                "10, \\n",
                "11, \\u000b",
                "12, \\f",
                "13, \\r",
                "27, \\u001b",
                "31, \\u001f",
                "34, \\\"",
                "92, \\\\",
                "55296, \\ud800",
                "57343, \\udfff"
            })
    void escapes_as_stringify_does(int c, String expected) {
        assertThat(quoted("a" + (char) c + "b")).isEqualTo("\"a" + expected + "b\"");
        assertThat(quoted("" + (char) c)).isEqualTo("\"" + expected + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "<>&'",
                "\u007f\u0080\u009f",
                "\u2028\u2029",
                "\u00e9\u20ac",
                "\uD83D\uDE00",
                "\uFFFD\uFEFF"
            })
    void leaves_everything_else_alone(String text) {
        assertThat(quoted(text)).isEqualTo("\"" + text + "\"");
    }

    @Test
    void escapes_surrogates_that_have_no_partner() {
        assertThat(quoted("\uDE00\uD83D")).isEqualTo("\"\\ude00\\ud83d\"");
        assertThat(quoted("\uD83D\uD83D\uDE00\uDE00")).isEqualTo("\"\\ud83d\uD83D\uDE00\\ude00\"");
    }

    @Test
    void reads_what_it_wrote() {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            String text = RandomJson.string(random, true);
            String json = quoted(text);

            assertThat(JsonText.unescape(json, 1, json.length() - 1)).isEqualTo(text);
        }
    }

    @Test
    void reads_escapes_of_both_cases() {
        String json = "\\u00E9\\u00e9\\/\\\"\\\\\\b\\f\\n\\r\\t\\uD83D\\ude00x";

        assertThat(JsonText.unescape(json, 0, json.length())).isEqualTo("\u00e9\u00e9/\"\\\b\f\n\r\t\uD83D\uDE00x");
    }
}
