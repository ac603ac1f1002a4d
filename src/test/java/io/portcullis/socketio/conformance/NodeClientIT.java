package io.portcullis.socketio.conformance;

import io.portcullis.socketio.testing.NodeClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JavaScript client does everything that people use it for, over each transport and across the upgrade. */
class NodeClientIT {

    private static final String UPGRADING = "polling,websocket";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "events",
                "greeting",
                "order",
                "namespaces",
                "rooms",
                "disconnects",
                "reconnects",
                "recovers",
                "msgpack",
                "timeouts",
                "refused",
                "heartbeats",
                "large"
            })
    void a_client_that_upgrades_can(String scenario) {
        NodeClient.run(scenario, UPGRADING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "order", "namespaces", "rooms", "disconnects", "recovers", "msgpack", "large"})
    void a_client_on_polling_can(String scenario) {
        NodeClient.run(scenario, "polling");
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "order", "rooms", "disconnects", "recovers", "msgpack", "large"})
    void a_client_on_websocket_can(String scenario) {
        NodeClient.run(scenario, "websocket");
    }
}
