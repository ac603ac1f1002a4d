package io.portcullis.socketio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageAssemblerTest {

    private static final int LIMIT = 10;

    private final List<String> received = new ArrayList<>();
    private final MessageAssembler assembler = new MessageAssembler(
            LIMIT, received::add, bytes -> received.add(bytes.length + " bytes"), () -> received.add("too big"));

    @Test
    void a_message_in_one_part_or_in_many_is_the_same() {
        assembler.text("whole", true);
        assembler.text("in ", false);
        assembler.text("", false);
        assembler.text("parts", true);
        assembler.binary(new byte[3], false);
        assembler.binary(new byte[4], true);
        assembler.binary(new byte[0], true);

        assertThat(received).containsExactly("whole", "in parts", "7 bytes", "0 bytes");
    }

    @Test
    void exactly_the_limit_passes_and_the_next_message_starts_anew() {
        for (int i = 0; i < 3; i++) {
            assembler.text("0123456789", true);
            assembler.text("01234", false);
            assembler.text("56789", true);
            assembler.binary(new byte[LIMIT], true);
        }

        assertThat(received).hasSize(9).doesNotContain("too big");
    }

    @Test
    void bytes_are_counted_and_not_characters() {
        assembler.text("€€€", true);
        assembler.text("😀😀", true);
        assembler.text("éééééx", true);

        assertThat(received).containsExactly("€€€", "😀😀", "too big");
    }

    @Test
    void fragments_are_refused_before_the_message_is_complete_and_once() {
        assembler.text("01234", false);
        assembler.text("56789", false);
        assertThat(received).isEmpty();

        assembler.text("x", false);
        assembler.text("y", true);
        assembler.binary(new byte[1], true);

        assertThat(received).containsExactly("too big");
    }
}
