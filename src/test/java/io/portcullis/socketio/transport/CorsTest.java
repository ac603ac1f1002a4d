package io.portcullis.socketio.transport;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.socketio.config.ConfigurationException;
import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.testing.Configs;
import org.junit.jupiter.api.Test;

/** Which cross-origin headers can be configured at all. */
class CorsTest {

    @Test
    void O12_not_every_page_may_read_what_cookies_open() {
        EndpointConfig config = Configs.endpoint("cors.origins", "*", "cors.credentials", "true");

        assertThatThrownBy(() -> new Cors(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("'socketio.cors.origins'", "'socketio.cors.credentials'");
    }

    @Test
    void O12_not_every_page_may_come_and_read_what_cookies_open() {
        EndpointConfig config = Configs.endpoint("origins.allowed", "*", "cors.credentials", "true");

        assertThatThrownBy(() -> new Cors(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("'socketio.origins.allowed'", "'socketio.cors.credentials'");
    }

    @Test
    void O12_either_alone_can_be() {
        assertThatCode(() -> new Cors(Configs.endpoint("cors.origins", "*"))).doesNotThrowAnyException();
        assertThatCode(() -> new Cors(Configs.endpoint("cors.origins", "allowed", "cors.credentials", "true")))
                .doesNotThrowAnyException();
    }
}
