package io.portcullis.socketio.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.socketio.Arguments;
import io.portcullis.socketio.protocol.JsonArguments;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class ArgumentWriterTest {

    public enum Colour {
        RED {
            @Override
            public String toString() {
                return "red";
            }
        }
    }

    public record Point(int x, int y) {}

    public record File(String name, byte[] content, Map<String, List<ByteBuffer>> parts) {}

    public static class Broken {
        public String getValue() {
            throw new IllegalStateException("broken");
        }
    }

    private static String json(Object... values) {
        return Handlers.WRITER.ack(values).text();
    }

    @Test
    void an_event_begins_with_its_name() {
        assertThat(Handlers.WRITER.event("news").text()).isEqualTo("[\"news\"]");
        assertThat(Handlers.WRITER.event("news", 1, "a", null).text()).isEqualTo("[\"news\",1,\"a\",null]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void reserved_names_are_refused(String name) {
        assertThatThrownBy(() -> Handlers.WRITER.event(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reserved name \"" + name + "\"");
    }

    @Test
    void plain_values() {
        assertThat(json("a\"b", new StringBuilder("c"), 'd', Colour.RED)).isEqualTo("[\"a\\\"b\",\"c\",\"d\",\"RED\"]");
        assertThat(json(1, 2L, (short) 3, (byte) 4, true, null)).isEqualTo("[1,2,3,4,true,null]");
        assertThat(json(new BigDecimal("1.50"), new UUID(1, 2)))
                .isEqualTo("[1.50,\"00000000-0000-0001-0000-000000000002\"]");
        assertThat(json(Optional.of("a"), Optional.empty())).isEqualTo("[\"a\",null]");
        assertThat(json(
                        JsonValue.TRUE,
                        Json.createValue("é"),
                        Json.createObjectBuilder().add("k", 1).build()))
                .isEqualTo("[true,\"é\",{\"k\":1}]");
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1",
        "-0.0, 0",
        "0.5, 0.5",
        "-1.5e3, -1500",
        "1e21, 1e+21",
        "1.25e21, 1.25e+21",
        "1e20, 100000000000000000000",
        "1e-6, 0.000001",
        "1.5e-7, 1.5e-7",
        "-1e-7, -1e-7",
        "9007199254740993, 9007199254740992",
        "NaN, null",
        "Infinity, null",
        "-Infinity, null",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "123456.789, 123456.789"
    })
    void doubles_as_javascript_writes_them(double value, String text) {
        assertThat(json(value)).isEqualTo("[" + text + "]");
    }

    @Test
    void floats_keep_their_digits() {
        assertThat(json(0.1f, 2.0f, Float.NaN)).isEqualTo("[0.1,2,null]");
    }

    @Test
    void records_collections_arrays_and_maps() {
        assertThat(json(new Point(1, 2), List.of(new Point(3, 4)), new int[] {5}, Map.of("k", Optional.of("v"))))
                .isEqualTo("[{\"x\":1,\"y\":2},[{\"x\":3,\"y\":4}],[5],{\"k\":\"v\"}]");
        assertThat(json(Arrays.asList("é\u2028😀", null), new Object[] {1, "a"}))
                .isEqualTo("[[\"é\u2028😀\",null],[1,\"a\"]]");
    }

    @Test
    void binary_content_becomes_placeholders_in_order() {
        byte[] one = {1};
        byte[] two = {2};
        ByteBuffer three = ByteBuffer.wrap(new byte[] {9, 3, 9}, 1, 1);

        JsonArguments written = Handlers.WRITER.event(
                "file", one, new File("f", two, Map.of("p", List.of(three))), ByteBuffer.wrap(one), List.of(two));

        assertThat(written.text())
                .isEqualTo("[\"file\",{\"_placeholder\":true,\"num\":0},"
                        + "{\"content\":{\"_placeholder\":true,\"num\":1},\"name\":\"f\","
                        + "\"parts\":{\"p\":[{\"_placeholder\":true,\"num\":2}]}},"
                        + "{\"_placeholder\":true,\"num\":3},[{\"_placeholder\":true,\"num\":4}]]");
        assertThat(written.attachments()).containsExactly(one, two, new byte[] {3}, one, two);
        assertThat(three.position()).isEqualTo(1);
    }

    @Test
    void arguments_are_spread_unparsed() {
        JsonArguments received = JsonArguments.builder()
                .addString("event")
                .addJson("{\"x\" : 1}")
                .addBinary(new byte[] {1})
                .build();
        Arguments arguments = Handlers.BINDER.view(received, 1);

        JsonArguments written = Handlers.WRITER.event("again", new byte[] {0}, arguments, "end");

        assertThat(written.text())
                .isEqualTo("[\"again\",{\"_placeholder\":true,\"num\":0},{\"x\" : 1},"
                        + "{\"_placeholder\":true,\"num\":1},\"end\"]");
        assertThat(written.attachments()).containsExactly(new byte[] {0}, new byte[] {1});
    }

    @Test
    void what_cannot_be_written_is_refused() {
        assertThatThrownBy(() -> json(new Broken()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found a " + Broken.class.getName());
        assertThatThrownBy(() -> json(List.of(Double.NaN))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_placeholder\":true,\"num\":0}",
                "{\"_placeholder\":true,\"num\":99}",
                "{\"_placeholder\" : true}",
                "[{\"a\":{\"\\u005fplaceholder\":true,\"num\":99}}]"
            })
    void data_is_not_taken_for_binary_content(String forged) {
        Arguments received = Handlers.BINDER.view(Handlers.received("2[\"a\"," + forged + "]"), 1);

        assertThat(json(received)).isEqualTo("[" + forged + "]");
        for (Object value : new Object[] {received, received.json(0), received.get(0, Object.class)}) {
            assertThatThrownBy(() -> json(value, new byte[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("_placeholder");
        }
        assertThat(json("{\"_placeholder\":true}", new byte[1])).contains("\\\"_placeholder");
    }

    @Test
    void one_value_has_no_binary_content() {
        assertThat(Handlers.WRITER.json(Map.of("code", 7))).isEqualTo("{\"code\":7}");
        assertThatThrownBy(() -> Handlers.WRITER.json(new byte[1])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Handlers.WRITER.json(List.of(new byte[1])))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
