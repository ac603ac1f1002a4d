package io.portcullis.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.OnConnect;
import io.portcullis.socketio.OnDisconnect;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.SocketServer;
import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.SocketClient;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The threads of handlers: they are the application's own, and a client that makes them wait does not take them all. */
@Timeout(60)
@ExtendWith(ArquillianExtension.class)
public class ExecutorsInsideIT {

    private static final JsonObject AT_HOME =
            EngineClient.json("{\"value\":\"own value\",\"executor\":true,\"loader\":true,\"beans\":true}");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** More than any server's managed executor has threads, so that one of each event would take all of them. */
    private static final int EVENTS = 300;

    private static final int TASKS = 10;

    private static final String WEB_XML =
            """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <env-entry>
                <env-entry-name>value</env-entry-name>
                <env-entry-type>java.lang.String</env-entry-type>
                <env-entry-value>own value</env-entry-value>
              </env-entry>
            </web-app>
            """;

    @Inject
    Tally tally;

    @Inject
    Gate gate;

    @Deployment
    public static WebArchive war() {
        return Inside.war(ExecutorsInsideIT.class).setWebXML(new StringAsset(WEB_XML));
    }

    @Test
    void a_handler_has_the_naming_context_and_the_class_loader_of_its_application() {
        for (Via via : Via.values()) {
            try (SocketClient client = Inside.join(via, "/office")) {
                assertThat(client.ask("/office", "[\"where\"]").getJsonObject(0))
                        .isEqualTo(AT_HOME);
            }
        }

        await().atMost(PATIENCE).until(() -> tally.of("left at home"), count -> count >= Via.values().length);
        assertThat(tally.of("left elsewhere")).isZero();
        assertThat(tally.of("connected elsewhere")).isZero();
    }

    @Test
    void a_handler_does_not_run_on_the_thread_that_received_the_event() {
        for (Via via : Via.values()) {
            try (SocketClient client = Inside.join(via, "/office")) {
                assertThat(client.ask("/office", "[\"callers\"]").getJsonArray(0))
                        .extracting(JsonString.class::cast)
                        .extracting(JsonString::getString)
                        .isNotEmpty()
                        .noneMatch(name -> name.startsWith("jakarta.servlet.") || name.contains(".transport."));
            }
        }
    }

    @Test
    void a_task_of_a_handler_sends_from_another_thread_of_the_application() {
        try (SocketClient client = Inside.join(Via.WEBSOCKET, "/office")) {
            client.send("2/office,[\"delegate\"]");

            String prefix = "2/office,";
            String told = client.text();
            assertThat(told).startsWith(prefix);
            JsonArray event = SocketClient.array(told.substring(prefix.length()));
            assertThat(event.getString(0)).isEqualTo("told");
            assertThat(event.getJsonObject(1)).isEqualTo(AT_HOME);
            assertThat(event.getBoolean(2)).as("there is no current socket").isFalse();
        }
    }

    @Test
    void a_socket_whose_handler_waits_holds_one_thread_whatever_it_sends() throws Exception {
        try (SocketClient busy = Inside.join(Via.POLLING, "/office");
                SocketClient other = Inside.join(Via.WEBSOCKET, "/office")) {
            // one request, and its answer says that all of them were taken in
            busy.send(IntStream.range(0, EVENTS)
                    .mapToObj(i -> "2/office," + i + "[\"wait\"]")
                    .toArray(String[]::new));
            await().atMost(PATIENCE).until(() -> tally.of("waiting") == 1);

            ManagedExecutorService executor = InitialContext.doLookup("java:comp/DefaultManagedExecutorService");
            List<Future<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) {
                int number = i;
                tasks.add(executor.submit(() -> number));
            }
            for (int i = 0; i < TASKS; i++) {
                assertThat(tasks.get(i).get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isEqualTo(i);
            }
            assertThat(other.ask("/office", "[\"where\"]").getJsonObject(0)).isEqualTo(AT_HOME);
            assertThat(tally.of("waiting")).isEqualTo(1);

            gate.open();
            for (int i = 0; i < EVENTS; i++) {
                assertThat(busy.text()).isEqualTo("3/office," + i + "[]");
            }
        }
    }

    /** Thread-safe. The application. */
    @Namespace("/office")
    public static class Office {

        @Inject
        SocketServer io;

        @Inject
        Socket current;

        @Inject
        Tally tally;

        @Inject
        Gate gate;

        @Resource
        ManagedExecutorService executor;

        @OnConnect
        public void connected() {
            tally.add("connected " + (Place.here().equals(Place.HOME) ? "at home" : "elsewhere"), 1);
        }

        @OnDisconnect
        public void left() {
            tally.add("left " + (Place.here().equals(Place.HOME) ? "at home" : "elsewhere"), 1);
        }

        @OnEvent("where")
        public Place where() {
            return Place.here();
        }

        @OnEvent("callers")
        public List<String> callers() {
            return StackWalker.getInstance().walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                    .distinct()
                    .toList());
        }

        @OnEvent("delegate")
        public void delegate(Socket socket) {
            executor.submit(() -> io.of("/office").to(socket.id()).emit("told", Place.here(), hasCurrentSocket()));
        }

        private boolean hasCurrentSocket() {
            try {
                return current.isConnected();
            } catch (IllegalStateException e) {
                return false;
            }
        }

        @OnEvent("wait")
        public void waitAtTheGate() throws InterruptedException {
            tally.add("waiting", 1);
            gate.await();
            tally.add("waiting", -1);
        }
    }

    /**
     * Immutable. What a thread sees of an application.
     *
     * @param value what its own web.xml declares
     * @param executor whether the default executor is found
     * @param loader whether the context class loader finds the application's classes
     * @param beans whether the application's beans are the current ones
     */
    public record Place(String value, boolean executor, boolean loader, boolean beans) {

        static final Place HOME = new Place("own value", true, true, true);

        static Place here() {
            try {
                ClassLoader loader = Thread.currentThread().getContextClassLoader();
                return new Place(
                        InitialContext.doLookup("java:comp/env/value"),
                        InitialContext.doLookup("java:comp/DefaultManagedExecutorService")
                                instanceof ManagedExecutorService,
                        loader.loadClass(Place.class.getName()) == Place.class,
                        CDI.current().select(Office.class).isResolvable());
            } catch (NamingException | ClassNotFoundException e) {
                return new Place(e.toString(), false, false, false);
            }
        }
    }

    /** Thread-safe. Lets nobody through until it is opened. */
    @ApplicationScoped
    public static class Gate {

        private final CountDownLatch closed = new CountDownLatch(1);

        public void await() throws InterruptedException {
            closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        public void open() {
            closed.countDown();
        }
    }
}
