package io.portcullis.socketio.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.socketio.Arguments;
import io.portcullis.socketio.InvalidArgumentException;
import io.portcullis.socketio.protocol.JsonArguments;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class ArgumentBinderTest {

    public enum Colour {
        RED
    }

    public record Point(int x, int y) {}

    public record Shape(
            String name, List<Point> points, Optional<Colour> colour, Map<String, Point> corners, Point at) {}

    public record File(
            String name, byte[] content, ByteBuffer thumbnail, List<byte[]> parts, Map<String, byte[]> more) {}

    public record Strict(int count) {
        public Strict {
            if (count < 0) {
                throw new IllegalArgumentException("count");
            }
        }
    }

    public static List<Point> points;
    public static Map<String, List<Point>> groups;
    public static Optional<Point> perhaps;
    public static List<byte[]> manyBytes;

    private static Object bind(String json, Type type) {
        return Handlers.BINDER.bind(JsonArguments.builder().addJson(json).build(), 0, type);
    }

    private static Type field(String name) {
        try {
            return ArgumentBinderTest.class.getField(name).getGenericType();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void scalars() {
        assertThat(bind("\"a\\\"b\"", String.class)).isEqualTo("a\"b");
        assertThat(bind("-7", int.class)).isEqualTo(-7);
        assertThat(bind("2147483647", Integer.class)).isEqualTo(Integer.MAX_VALUE);
        assertThat(bind("-9223372036854775808", long.class)).isEqualTo(Long.MIN_VALUE);
        assertThat(bind("1e3", int.class)).isEqualTo(1000);
        assertThat(bind("5.0", long.class)).isEqualTo(5L);
        assertThat(bind("-0", int.class)).isEqualTo(0);
        assertThat(bind("1.5", double.class)).isEqualTo(1.5);
        assertThat(bind("3", Double.class)).isEqualTo(3.0);
        assertThat(bind("0.1", float.class)).isEqualTo(0.1f);
        assertThat(bind("7", short.class)).isEqualTo((short) 7);
        assertThat(bind("-128", byte.class)).isEqualTo((byte) -128);
        assertThat(bind("true", boolean.class)).isEqualTo(true);
        assertThat(bind("false", Boolean.class)).isEqualTo(false);
        assertThat(bind("\"x\"", char.class)).isEqualTo('x');
        assertThat(bind("1.25", BigDecimal.class)).isEqualTo(new BigDecimal("1.25"));
        assertThat(bind("12345678901234567890", BigInteger.class)).isEqualTo(new BigInteger("12345678901234567890"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'1'|java.lang.String",
                "'{}'|java.lang.String",
                "'true'|java.lang.String",
                "'\"1\"'|java.lang.Integer",
                "'1.5'|java.lang.Integer",
                "'2147483648'|java.lang.Integer",
                "'99999999999999999999'|java.lang.Long",
                "'1e1000000000'|java.lang.Long",
                "'1e-1000000000'|java.lang.Integer",
                "'1e400'|java.lang.Double",
                "'1e1000000000'|java.math.BigInteger",
                "'32768'|java.lang.Short",
                "'128'|java.lang.Byte",
                "'[1]'|java.lang.Integer",
                "'\"1\"'|java.math.BigDecimal",
                "'1'|java.lang.Boolean",
                "'\"true\"'|java.lang.Boolean",
                "'[true]'|java.lang.Boolean",
                "'[\"00000000-0000-0001-0000-000000000002\"]'|java.util.UUID",
                "'\"no id\"'|java.util.UUID",
                "'[1,2]'|java.util.Map",
                "'\"a\"'|java.util.Map",
                "'{}'|java.util.List",
                "'1'|java.util.List",
                "'1'|io.portcullis.socketio.runtime.ArgumentBinderTest$Point",
                "'[]'|io.portcullis.socketio.runtime.ArgumentBinderTest$Point",
                "'{\"x\":\"a\"}'|io.portcullis.socketio.runtime.ArgumentBinderTest$Point",
                "'{\"count\":-1}'|io.portcullis.socketio.runtime.ArgumentBinderTest$Strict",
                "'\"GREEN\"'|io.portcullis.socketio.runtime.ArgumentBinderTest$Colour",
                "'[\"RED\"]'|io.portcullis.socketio.runtime.ArgumentBinderTest$Colour",
                "'1'|jakarta.json.JsonObject",
                "'[]'|jakarta.json.JsonObject",
                "'\"AAAA\"'|[B",
                "'[1,2]'|[B",
                "'{\"_placeholder\":true,\"num\":0}'|[B",
                "'{\"_placeholder\":true,\"num\":0}'|java.nio.ByteBuffer",
            })
    void refuses_what_does_not_fit(String json, String type) throws ClassNotFoundException {
        Class<?> wanted = Class.forName(type);

        assertThatThrownBy(() -> bind(json, wanted))
                .isInstanceOfSatisfying(InvalidArgumentException.class, e -> assertThat(e.index())
                        .isZero())
                .hasMessageStartingWith("argument 0: expected " + wanted.getSimpleName() + ", found a");
    }

    @Test
    void a_message_never_has_the_value() {
        assertThatThrownBy(() -> bind("\"secret\"", int.class)).hasMessage("argument 0: expected int, found a string");
        assertThatThrownBy(() -> bind("4242.5", int.class))
                .hasMessage("argument 0: expected int, found a value that does not fit it");
    }

    @Test
    void missing_and_null_are_nothing_in_the_way_of_the_type() {
        for (int index : new int[] {0, 1}) {
            JsonArguments arguments = JsonArguments.builder().addNull().build();
            assertThat(Handlers.BINDER.bind(arguments, index, String.class)).isNull();
            assertThat(Handlers.BINDER.bind(arguments, index, Integer.class)).isNull();
            assertThat(Handlers.BINDER.bind(arguments, index, Point.class)).isNull();
            assertThat(Handlers.BINDER.bind(arguments, index, JsonValue.class)).isNull();
            assertThat(Handlers.BINDER.bind(arguments, index, byte[].class)).isNull();
            assertThat(Handlers.BINDER.bind(arguments, index, int.class)).isEqualTo(0);
            assertThat(Handlers.BINDER.bind(arguments, index, long.class)).isEqualTo(0L);
            assertThat(Handlers.BINDER.bind(arguments, index, boolean.class)).isEqualTo(false);
            assertThat(Handlers.BINDER.bind(arguments, index, char.class)).isEqualTo('\0');
            assertThat(Handlers.BINDER.bind(arguments, index, field("perhaps"))).isEqualTo(Optional.empty());
        }
    }

    @Test
    void records_collections_and_generics() {
        assertThat(bind("{\"x\":1,\"y\":2,\"z\":3}", Point.class)).isEqualTo(new Point(1, 2));
        assertThat(bind(
                        "{\"name\":\"n\",\"points\":[{\"x\":1,\"y\":2}],\"colour\":\"RED\",\"corners\":{\"a\":{\"x\":3}},\"at\":{}}",
                        Shape.class))
                .isEqualTo(new Shape(
                        "n",
                        List.of(new Point(1, 2)),
                        Optional.of(Colour.RED),
                        Map.of("a", new Point(3, 0)),
                        new Point(0, 0)));
        assertThat(bind("[{\"x\":1,\"y\":2}]", field("points"))).isEqualTo(List.of(new Point(1, 2)));
        assertThat(bind("{\"g\":[{\"x\":1,\"y\":2}]}", field("groups")))
                .isEqualTo(Map.of("g", List.of(new Point(1, 2))));
        assertThat(bind("{\"x\":1,\"y\":2}", field("perhaps"))).isEqualTo(Optional.of(new Point(1, 2)));
        assertThat(bind("[1,2]", int[].class)).isEqualTo(new int[] {1, 2});
        assertThat(bind("[{\"x\":1}]", Point[].class)).isEqualTo(new Point[] {new Point(1, 0)});
        assertThat(bind("{\"a\":[1,\"b\"]}", Object.class)).isEqualTo(Map.of("a", List.of(1L, "b")));
    }

    @Test
    void values_of_the_platform() {
        assertThat(bind("\"RED\"", Colour.class)).isEqualTo(Colour.RED);
        assertThat(bind("\"1970-01-01T00:00:00Z\"", Instant.class)).isEqualTo(Instant.EPOCH);
        assertThat(bind("\"PT3S\"", Duration.class)).isEqualTo(Duration.ofSeconds(3));
        assertThat(bind("\"00000000-0000-0001-0000-000000000002\"", UUID.class)).isEqualTo(new UUID(1, 2));
    }

    @Test
    void json_values() {
        assertThat(bind("{\"a\":1}", JsonObject.class)).hasToString("{\"a\":1}");
        assertThat(bind("[1]", JsonArray.class)).hasToString("[1]");
        assertThat(((JsonString) bind("\"a\"", JsonString.class)).getString()).isEqualTo("a");
        assertThat(((JsonNumber) bind("12", JsonNumber.class)).intValue()).isEqualTo(12);
        assertThat(bind("true", JsonValue.class)).isEqualTo(JsonValue.TRUE);
    }

    @Test
    void binary_content_at_any_depth() {
        byte[] one = {1};
        byte[] two = {2, 2};
        JsonArguments arguments =
                Handlers.WRITER.ack(one, new File("f", two, ByteBuffer.wrap(one), List.of(one, two), Map.of("m", two)));

        File file = (File) Handlers.BINDER.bind(arguments, 1, File.class);

        assertThat(Handlers.BINDER.bind(arguments, 0, byte[].class)).isEqualTo(one);
        assertThat(Handlers.BINDER.bind(arguments, 0, Object.class)).isEqualTo(one);
        assertThat(Handlers.BINDER.bind(arguments, 0, ByteBuffer.class)).isEqualTo(ByteBuffer.wrap(one));
        assertThat(file.content()).isEqualTo(two);
        assertThat(file.thumbnail()).isEqualTo(ByteBuffer.wrap(one));
        assertThat(file.parts()).containsExactly(one, two);
        assertThat(file.more().get("m")).isEqualTo(two);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"AAAA\"", "[1,2]", "{}", "1"})
    void other_json_beside_attachments_is_no_binary_content(String content) {
        JsonArguments arguments = JsonArguments.builder()
                .addBinary(new byte[] {1})
                .addJson("{\"content\":" + content + "}")
                .build();

        refusesFile(arguments, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_placeholder\":true,\"num\":0}",
                "{\"_placeholder\":true,\"num\":-1}",
                "{\"_placeholder\":true,\"num\":0.5}",
                "{\"_placeholder\":true,\"num\":\"0\"}",
                "{\"_placeholder\":\"true\",\"num\":0}",
                "{\"_placeholder\":true}"
            })
    void data_that_looks_like_a_placeholder_is_no_binary_content(String content) {
        refusesFile(Handlers.received("2[\"file\",{\"content\":" + content + "}]"), 1);
    }

    private static void refusesFile(JsonArguments arguments, int index) {
        assertThatThrownBy(() -> Handlers.BINDER.bind(arguments, index, File.class))
                .isInstanceOfSatisfying(InvalidArgumentException.class, e -> assertThat(e.index())
                        .isEqualTo(index));
    }

    @Test
    void untyped_values_have_binary_content_too() {
        JsonArguments arguments =
                Handlers.received("51-[\"file\",{\"a\":[{\"_placeholder\":true,\"num\":0},null,1.5]}]", new byte[] {7});

        assertThat(Handlers.BINDER.bind(arguments, 1, Object.class))
                .usingRecursiveComparison()
                .isEqualTo(Map.of("a", Arrays.asList(new byte[] {7}, null, new BigDecimal("1.5"))));
    }

    @Test
    void the_view_counts_from_its_first() {
        Arguments arguments = Handlers.BINDER.view(
                JsonArguments.builder()
                        .addString("event")
                        .addNumber(1)
                        .addString("b")
                        .build(),
                1);

        assertThat(arguments.size()).isEqualTo(2);
        assertThat(arguments.get(0, int.class)).isEqualTo(1);
        assertThat(arguments.get(1, String.class)).isEqualTo("b");
        assertThat(arguments.get(2, String.class)).isNull();
        assertThat(arguments.json(0)).hasToString("1");
        assertThat(arguments.json(2)).isEqualTo(JsonValue.NULL);
        assertThat(arguments.from(1).get(0, String.class)).isEqualTo("b");
        assertThat(arguments.from(7).size()).isZero();
        assertThatThrownBy(() -> arguments.from(1).get(0, int.class))
                .hasMessageStartingWith("argument 0: expected int, found a string");
        assertThatThrownBy(() -> arguments.get(-1, int.class)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
