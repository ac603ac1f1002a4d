package io.portcullis.socketio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueryTest {

    @Test
    void parameters_are_decoded() {
        assertThat(Query.parse("a=1&b=%C3%A9+x&c=&d&=e&&f=a=b"))
                .containsEntry("a", "1")
                .containsEntry("b", "é x")
                .containsEntry("c", "")
                .containsEntry("d", "")
                .containsEntry("", "e")
                .containsEntry("f", "a=b")
                .hasSize(6);
        assertThat(Query.parse(null)).isEmpty();
        assertThat(Query.parse("")).isEmpty();
    }

    @Test
    void a_repeated_parameter_has_none_of_its_values() {
        assertThat(Query.parse("sid=a&sid=b&transport=polling&transport=polling"))
                .containsEntry("sid", "a,b")
                .containsEntry("transport", "polling,polling");
    }

    @Test
    void a_broken_escape_is_kept() {
        assertThat(Query.parse("a=%zz&b=%")).containsEntry("a", "%zz").containsEntry("b", "%");
    }

    @Test
    void there_is_an_end_to_parameters() {
        String query = IntStream.range(0, 10_000).mapToObj(i -> "p" + i + "=x").collect(Collectors.joining("&"));

        assertThat(Query.parse(query)).hasSize(100);
        assertThat(Query.parse("a&".repeat(100_000))).containsEntry("a", ",".repeat(99));
    }
}
