package io.portcullis.socketio.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.ServerProcess;
import io.portcullis.socketio.testing.SocketClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hundred clients call handlers that wait, more than the server may have threads for: nobody else notices. */
@Timeout(180)
class SlowHandlersIT {

    private static final int CLIENTS = 100;

    /** A few heartbeats of everybody. */
    private static final Duration OBSERVED = FaultsServer.PING_INTERVAL.multipliedBy(5);

    private static final Duration PROMPT = Duration.ofSeconds(3);

    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<SocketClient> slow = new ArrayList<>();
    private final List<SocketClient> others = new ArrayList<>();

    @BeforeEach
    void everybody_comes() {
        others.add(FaultsServer.join(Via.WEBSOCKET));
        others.add(FaultsServer.join(Via.POLLING));
        others.get(0).send("2/faults,[\"close\"]");
        for (int i = 0; i < CLIENTS; i++) {
            slow.add(FaultsServer.join(i % 4 == 0 ? Via.POLLING : Via.WEBSOCKET));
        }
    }

    @AfterEach
    void everybody_goes() {
        others.get(0).send("2/faults,[\"open\"]");
        threads.shutdownNow();
        slow.forEach(SocketClient::close);
        others.get(1).close();
        FaultsServer.awaitAlone(others.get(0));
        others.get(0).close();
    }

    @Test
    void others_are_served_and_in_the_end_everything_is_answered_in_order() throws Exception {
        List<Future<?>> answers = new ArrayList<>();
        slow.forEach(client -> answers.add(threads.submit(() -> callThrice(client))));
        awaitNoFurther();
        if (ServerProcess.serverName().startsWith("payara")) {
            assertThat(waiting()).as("its pool grows").isEqualTo(CLIENTS);
        } else {
            assertThat(waiting()).as("all threads for handlers wait").isBetween(2, CLIENTS - 1);
        }

        await().pollInterval(Duration.ofMillis(100))
                .during(OBSERVED)
                .atMost(OBSERVED.multipliedBy(3))
                .untilAsserted(() -> assertThat(others).allSatisfy(other -> assertThat(FaultsServer.echo(other))
                        .isLessThan(PROMPT)));

        others.get(0).send("2/faults,[\"open\"]");
        for (Future<?> answer : answers) {
            answer.get(60, TimeUnit.SECONDS);
        }
    }

    /** Nobody gets a thread any more. */
    private void awaitNoFurther() {
        int[] before = {-1};
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    int last = before[0];
                    before[0] = waiting();
                    return before[0] > 0 && before[0] == last;
                });
    }

    private int waiting() {
        return FaultsServer.ask(others.get(0), "[\"waiting\"]").getInt(0);
    }

    /** Fails when nothing comes for six seconds, not even a heartbeat. */
    private static void callThrice(SocketClient client) {
        client.send("2/faults,1[\"wait\",1]", "2/faults,2[\"wait\",2]", "2/faults,3[\"wait\",3]");
        for (int i = 1; i <= 3; i++) {
            assertThat(client.text()).isEqualTo("3/faults," + i + "[" + i + "]");
        }
    }
}
