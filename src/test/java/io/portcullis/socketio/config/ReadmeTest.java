package io.portcullis.socketio.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void the_table_of_keys_is_what_the_code_says() throws IOException {
        List<String> expected = Key.all().stream().map(ReadmeTest::row).toList();

        List<String> rows = rows();

        assertThat(rows).containsExactlyElementsOf(expected);
    }

    private static String row(Key<?> key) {
        String def = key.defaultText().isEmpty() ? "*(none)*" : "`" + key.defaultText() + "`";
        return "| `" + key.name() + "` | " + key.type() + " | " + def + " | " + key.meaning() + " |";
    }

    /** The lines between the heading of the configuration and the next one that are rows of keys. */
    private static List<String> rows() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("README.md"));
        int start = lines.indexOf("## Configuration");
        int end = lines.indexOf("## Packages");
        return lines.subList(start, end).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
    }

    @Test
    void every_key_has_a_name_of_its_own() {
        Set<String> names = Key.all().stream().map(Key::name).collect(Collectors.toSet());

        assertThat(names).hasSize(Key.all().size());
    }
}
