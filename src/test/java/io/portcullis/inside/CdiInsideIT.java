package io.portcullis.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.OnConnect;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.SocketScoped;
import io.portcullis.socketio.SocketServer;
import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.SocketClient;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server's beans and scopes among the beans of an application. */
@Timeout(60)
@ExtendWith(ArquillianExtension.class)
public class CdiInsideIT {

    private static final int EVENTS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    SocketServer io;

    @Inject
    Instance<SocketServer> servers;

    @Inject
    Instance<Socket> sockets;

    @Inject
    Instance<Basket> baskets;

    @Inject
    Tally tally;

    @Deployment
    public static WebArchive war() {
        return Inside.war(CdiInsideIT.class);
    }

    private static int ask(SocketClient client, String event) {
        return client.ask("/cdi", "[\"" + event + "\"]").getInt(0);
    }

    @Test
    void the_server_is_injected_and_reaches_clients() {
        assertThat(servers.isResolvable()).isTrue();
        try (SocketClient client = Inside.join(Via.WEBSOCKET, "/cdi")) {
            io.of("/cdi").emit("news", 1);
            assertThat(client.text()).isEqualTo("2/cdi,[\"news\",1]");

            servers.get().of("/cdi").emit("news", 2);
            assertThat(client.text()).isEqualTo("2/cdi,[\"news\",2]");
        }
    }

    @Test
    void the_current_socket_and_its_beans_are_there_in_handlers_alone() {
        Socket here = sockets.get();
        Basket basket = baskets.get();
        assertThatThrownBy(here::id).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(basket::add).isInstanceOf(ContextNotActiveException.class);

        try (SocketClient one = Inside.join(Via.WEBSOCKET, "/cdi");
                SocketClient two = Inside.join(Via.POLLING, "/cdi")) {
            assertThat(ask(one, "add")).isEqualTo(1);
            assertThat(ask(one, "add")).isEqualTo(2);
            assertThat(ask(two, "add")).isEqualTo(1);
            assertThat(one.ask("/cdi", "[\"current\"]").getBoolean(0)).isTrue();
        }
    }

    @Test
    void each_event_has_an_active_request_context_of_its_own() {
        Set<Integer> visits = new HashSet<>();
        try (SocketClient client = Inside.join(Via.WEBSOCKET, "/cdi")) {
            int connected = tally.of("visits");
            for (int i = 0; i < EVENTS; i++) {
                visits.add(ask(client, "visit"));
            }
            assertThat(connected)
                    .as("one for the connection")
                    .isPositive()
                    .isLessThan(visits.iterator().next());
        }

        assertThat(visits).hasSize(EVENTS);
    }

    @Test
    void an_interceptor_is_called_once_for_each_event() {
        try (SocketClient client = Inside.join(Via.WEBSOCKET, "/cdi")) {
            int before = tally.of("intercepted");
            ask(client, "visit");
            ask(client, "visit");

            assertThat(tally.of("intercepted") - before).isEqualTo(2);
        }
    }

    @Test
    void a_dependent_bean_goes_with_the_bean_that_it_belongs_to() {
        try (SocketClient client = Inside.join(Via.POLLING, "/cdi")) {
            for (int i = 0; i < EVENTS; i++) {
                ask(client, "visit");
                ask(client, "add");
            }
        }

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(tally.of("alive in Visit")).isZero();
            assertThat(tally.of("alive in Basket")).isZero();
        });
        assertThat(tally.of("alive in Shop")).as("of the only instance").isEqualTo(1);
    }

    /** Thread-safe. The application. */
    @Namespace("/cdi")
    public static class Shop {

        @Inject
        Visit visit;

        @Inject
        Basket basket;

        @Inject
        Socket current;

        @Inject
        Part part;

        @PostConstruct
        void use() {
            part.use("Shop");
        }

        @OnConnect
        public void connected() {
            visit.number();
        }

        /** Asks twice: it is one context for all of an event. */
        @OnEvent("visit")
        @Counted
        public int visit() {
            int number = visit.number();
            return visit.number() == number ? number : -1;
        }

        @OnEvent("add")
        public int add() {
            return basket.add();
        }

        @OnEvent("current")
        public boolean current(Socket socket) {
            return current.id().equals(socket.id());
        }
    }

    /** Confined to one event. */
    @RequestScoped
    public static class Visit {

        @Inject
        Tally tally;

        @Inject
        Part part;

        private int number;

        @PostConstruct
        void begin() {
            part.use("Visit");
            number = tally.add("visits", 1);
        }

        public int number() {
            return number;
        }
    }

    /** Confined to one socket. */
    @SocketScoped
    public static class Basket {

        @Inject
        Part part;

        private int amount;

        @PostConstruct
        void begin() {
            part.use("Basket");
        }

        public int add() {
            return ++amount;
        }
    }

    /** Confined to the bean that it belongs to. */
    @Dependent
    public static class Part {

        @Inject
        Tally tally;

        private String owner = "nobody";

        void use(String name) {
            owner = name;
            tally.add("alive in " + owner, 1);
        }

        @PreDestroy
        void end() {
            tally.add("alive in " + owner, -1);
        }
    }

    /** Counts the calls of a method. */
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    public @interface Counted {}

    /** The interceptor. */
    @Counted
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    public static class Counter {

        @Inject
        Tally tally;

        @AroundInvoke
        Object count(InvocationContext call) throws Exception {
            tally.add("intercepted", 1);
            return call.proceed();
        }
    }
}
