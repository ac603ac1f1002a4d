package io.portcullis.socketio.attacks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.socketio.testing.ServerProcess;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What would be unsafe in production does not start there, and says what to change. */
class ProductionIT {

    @Test
    void O16_with_the_profile_prod_an_application_without_named_origins_is_not_deployed() {
        Map<String, String> production = Map.of("MP_CONFIG_PROFILE", "prod", "SOCKETIO_ORIGINS_ALLOWED", "*");

        assertThatThrownBy(() -> ServerProcess.launch("target/portcullis.war", production)
                        .close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not start")
                .hasMessageContaining("'socketio.origins.allowed' contains '*', which lets every page of the world in")
                .hasMessageContaining("name each origin of your pages, such as https://app.example");
    }
}
