package io.portcullis.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void ids_are_distinct_and_safe_in_urls() {
        Ids ids = new Ids(new SecureRandom());
        Set<String> made = new HashSet<>();

        for (int i = 0; i < 100_000; i++) {
            made.add(ids.next());
        }

        assertThat(made).hasSize(100_000).allMatch(id -> id.matches("[A-Za-z0-9_-]{27}"));
    }
}
