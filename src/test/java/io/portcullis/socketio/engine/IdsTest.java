package io.portcullis.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdsTest {

    private static final int MANY = 100_000;

    @Test
    void E26_what_names_sessions_sockets_and_states_is_never_equal() {
        Ids ids = new Ids(new SecureRandom());
        Set<String> made = new HashSet<>();

        for (int i = 0; i < MANY; i++) {
            made.add(ids.next()); // as a session has it
            made.add(ids.next()); // as its socket has it
            made.add(ids.next()); // as the socket's recoverable state has it
        }

        assertThat(made).hasSize(3 * MANY).allMatch(id -> id.length() * 6 >= 128);
    }

    @Test
    void E26_no_id_says_which_one_comes_next() {
        Ids ids = new Ids(new SecureRandom());
        int[] ones = new int[160];

        for (int i = 0; i < MANY; i++) {
            BitSet bits = BitSet.valueOf(Base64.getUrlDecoder().decode(ids.next()));
            bits.stream().forEach(bit -> ones[bit]++);
        }

        // each bit is set in half of them, give or take nine standard deviations
        assertThat(Arrays.stream(ones).boxed()).allMatch(count -> count > MANY / 2 - 1_500 && count < MANY / 2 + 1_500);
    }

    @Test
    void ids_are_distinct_and_safe_in_urls() {
        Ids ids = new Ids(new SecureRandom());
        Set<String> made = new HashSet<>();

        for (int i = 0; i < MANY; i++) {
            made.add(ids.next());
        }

        assertThat(made).hasSize(MANY).allMatch(id -> id.matches("[A-Za-z0-9_-]{27}"));
    }
}
