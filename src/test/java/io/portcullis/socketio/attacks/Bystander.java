package io.portcullis.socketio.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.SocketClient;
import io.portcullis.socketio.testing.Statistics;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Confined to its test. A client that behaves well while others attack: it is still served afterwards, and nothing of the
 * attack is left.
 */
final class Bystander implements BeforeEachCallback, AfterEachCallback {

    private int sessions;

    @Override
    public void beforeEach(ExtensionContext context) {
        sessions = Statistics.now().sessions();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        try (SocketClient client = SocketClient.open(EngineClient.Via.POLLING, "/secure/")) {
            client.enter("/public");
            assertThat(client.ask("/public", "[\"echo\",\"hello\"]").getString(0))
                    .isEqualTo("hello");
        }
        Callable<Integer> left = () -> Statistics.now().sessions();
        Awaitility.await().until(left, now -> now <= sessions);
    }
}
