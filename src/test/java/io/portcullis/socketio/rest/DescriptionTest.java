package io.portcullis.socketio.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the description says is what there is. */
class DescriptionTest {

    @Test
    void every_path_and_method_is_described_and_no_other() throws Exception {
        assertThat(described()).isEqualTo(served());
    }

    @Test
    void every_class_is_guarded() {
        assertThat(resources()).hasSize(6).allSatisfy(type -> assertThat(type).hasAnnotation(Administration.class));
    }

    private static Stream<Class<?>> resources() {
        return new AdministrationApplication()
                .getClasses().stream().filter(type -> type.isAnnotationPresent(Path.class));
    }

    private static Set<String> served() {
        Set<String> served = new TreeSet<>();
        resources().flatMap(type -> Stream.of(type.getDeclaredMethods())).forEach(method -> {
            for (Annotation annotation : method.getAnnotations()) {
                HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (verb != null) {
                    served.add(verb.value() + " " + path(method));
                }
            }
        });
        return served;
    }

    private static String path(Method method) {
        return "/" + method.getAnnotation(Path.class).value().replaceAll(":[^}]*", "");
    }

    private static Set<String> described() throws Exception {
        try (InputStream file = DescriptionResource.class.getResourceAsStream(DescriptionResource.FILE);
                JsonReader reader = Json.createReader(file)) {
            JsonObject document = reader.readObject();
            assertThat(document.getString("openapi")).startsWith("3.1.");
            Set<String> described = new TreeSet<>();
            JsonObject paths = document.getJsonObject("paths");
            paths.forEach((path, operations) -> operations
                    .asJsonObject()
                    .keySet()
                    .forEach(verb -> described.add(verb.toUpperCase(Locale.ROOT) + " " + path)));
            return described;
        }
    }
}
