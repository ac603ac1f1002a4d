package io.portcullis.socketio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names are those that the servers give themselves. */
class ContainerQuirksTest {

    @ParameterizedTest
    @CsvSource({
        "IBM WebSphere Liberty/26.0.0.3, true, false, false",
        "WildFly 39.0.1.Final (WildFly Core 31.0.3.Final) - 2.3.23.Final, false, true, false",
        "Payara Micro, false, false, true",
        "Payara Server 6.2025.10, false, false, true"
    })
    void each_server_is_known_by_its_name(String name, boolean blockingSend, boolean overtakes, boolean onExecutor) {
        assertThat(ContainerQuirks.of(name)).isEqualTo(new ContainerQuirks(blockingSend, overtakes, onExecutor));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ibm websphere liberty/26.0.0.3", "IBM WEBSPHERE LIBERTY/26.0.0.3"})
    void letters_may_be_large_or_small(String name) {
        assertThat(ContainerQuirks.of(name).blockingSend()).isTrue();
    }

    @Test
    void a_server_that_nobody_knows_has_no_quirks() {
        assertThat(ContainerQuirks.of("Apache Tomcat/10.1.52")).isEqualTo(new ContainerQuirks(false, false, false));
        assertThat(ContainerQuirks.of("")).isEqualTo(new ContainerQuirks(false, false, false));
    }
}
