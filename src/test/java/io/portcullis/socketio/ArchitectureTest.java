package io.portcullis.socketio;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house: which package may use which, and what lives in one place alone. */
class ArchitectureTest {

    private static final String ROOT = "io.portcullis.socketio";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.portcullis");

    /** A package and what it may use; the empty name is the API. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("", List.of()),
            Map.entry("config", List.of()),
            Map.entry("protocol", List.of()),
            Map.entry("store", List.of()),
            Map.entry("engine", List.of("", "config")),
            Map.entry("adapter", List.of("", "config", "protocol")),
            Map.entry("runtime", List.of("", "config", "protocol", "engine", "adapter", "security", "ratelimit")),
            Map.entry("transport", List.of("", "config", "engine", "security", "ratelimit")),
            Map.entry("rest", List.of("", "config", "security", "ratelimit", "store")),
            Map.entry("security", List.of("", "config", "store")),
            Map.entry("ratelimit", List.of("", "config")));

    private static String packageOf(String name) {
        return name.isEmpty() ? ROOT : ROOT + "." + name;
    }

    @Test
    void there_are_the_packages_of_the_table_and_no_others() {
        List<String> packages = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(ROOT))
                .distinct()
                .toList();

        assertThat(packages)
                .containsExactlyInAnyOrderElementsOf(MAY_USE.keySet().stream()
                        .map(ArchitectureTest::packageOf)
                        .toList());
        assertThat(CLASSES.size()).as("classes that were looked at").isGreaterThan(100);
    }

    @Test
    void a_package_uses_only_what_it_may() {
        MAY_USE.forEach((name, used) -> {
            String[] allowed = Stream.concat(Stream.of(name), used.stream())
                    .map(ArchitectureTest::packageOf)
                    .toArray(String[]::new);
            DescribedPredicate<JavaClass> others =
                    resideInAPackage("io.portcullis..").and(DescribedPredicate.not(resideInAnyPackage(allowed)));

            noClasses()
                    .that()
                    .resideInAPackage(packageOf(name))
                    .should()
                    .dependOnClassesThat(others)
                    .check(CLASSES);
        });
    }

    @Test
    void the_packages_have_no_cycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void servlets_and_websockets_are_in_one_place() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .resideOutsideOfPackage(ROOT + ".transport")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.servlet..", "jakarta.websocket..")
                .check(CLASSES);
    }

    @Test
    void rest_is_in_one_place() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .resideOutsideOfPackage(ROOT + ".rest")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .check(CLASSES);
    }

    @Test
    void the_database_is_in_one_place() {
        noClasses()
                .that()
                .resideInAPackage("io.portcullis..")
                .and()
                .resideOutsideOfPackage(ROOT + ".store")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "java.sql..", "javax.sql..", "org.flywaydb..")
                .check(CLASSES);
    }

    @Test
    void nothing_is_of_one_application_server() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.ibm..",
                        "io.openliberty..",
                        "io.undertow..",
                        "org.wildfly..",
                        "org.jboss..",
                        "fish.payara..",
                        "org.glassfish..",
                        "org.eclipse.yasson..")
                .check(CLASSES);
    }

    @Test
    void no_thread_is_our_own() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(concurrent\\.(Executors|ThreadPoolExecutor|ForkJoinPool)|Timer)")
                .check(CLASSES);
        noClasses().should().callConstructor(Thread.class, Runnable.class).check(CLASSES);
    }

    @Test
    void the_sample_uses_the_api_alone() {
        classes()
                .that()
                .resideInAPackage("io.portcullis.chat")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.portcullis.chat", ROOT, "java..", "jakarta..", "org.jspecify..")
                .check(CLASSES);
    }
}
