package io.portcullis.socketio.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.SocketScoped;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.constraints.NotBlank;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

public class NamespaceExtensionTest {

    @Namespace("/b")
    public static class Chat {
        @Inject
        Greeter greeter;

        @Inject
        Counter counter;

        @OnEvent("greet")
        public String greet(@NotBlank String name) {
            return greeter.greet(name) + counter.next();
        }
    }

    @ApplicationScoped
    public static class Greeter {
        @Inject
        Socket socket;

        public String greet(String name) {
            return socket.id() + " greets " + name + " ";
        }
    }

    @SocketScoped
    public static class Counter {
        static final AtomicInteger DESTROYED = new AtomicInteger();

        private int count;

        public int next() {
            return ++count;
        }

        @PreDestroy
        void destroyed() {
            DESTROYED.incrementAndGet();
        }
    }

    @Dependent
    @Namespace("/a")
    public static class Inherits extends Base {}

    public static class Base {
        @OnEvent("same")
        public boolean same() {
            return true;
        }
    }

    @Namespace("/b")
    public static class Clashing {}

    @Namespace("bad")
    public static final class Wrong {
        @OnEvent("a")
        void hidden() {}
    }

    @Typed(Object.class)
    @Namespace("/d")
    public static class Hiding {}

    @ApplicationScoped
    public static class Lost {
        @OnEvent("a")
        public void a() {}
    }

    private WeldContainer container;

    private NamespaceExtension deploy(Class<?>... classes) {
        NamespaceExtension extension = new NamespaceExtension();
        container = new Weld("namespaces")
                .disableDiscovery()
                .extensions(extension)
                .beanClasses(classes)
                .initialize();
        return extension;
    }

    @AfterEach
    void shutdown() {
        CurrentSocket.set(null);
        if (container != null) {
            container.shutdown();
        }
    }

    private static Object greet(NamespaceBean chat, Socket socket, String name) throws Throwable {
        Socket former = CurrentSocket.set(socket);
        try {
            return chat.event("greet").invoke(Handlers.event("greet", '"' + name + '"'));
        } finally {
            CurrentSocket.set(former);
        }
    }

    @Test
    void finds_namespaces_in_the_order_of_their_names() {
        NamespaceExtension extension = deploy(Inherits.class, Chat.class, Greeter.class, Counter.class, Base.class);

        assertThat(extension.namespaces()).extracting(NamespaceBean::type).containsExactly(Chat.class, Inherits.class);
        assertThat(extension.namespaces().get(1).event("same")).isNotNull();
    }

    @Test
    void the_reference_is_kept() {
        NamespaceExtension extension = deploy(Inherits.class);
        NamespaceBean bean = extension.namespaces().get(0);

        assertThat(bean.reference()).isSameAs(bean.reference()).isInstanceOf(Inherits.class);
    }

    @Test
    void handlers_and_their_services_know_the_current_socket() throws Throwable {
        NamespaceBean chat =
                deploy(Chat.class, Greeter.class, Counter.class).namespaces().get(0);

        assertThat(greet(chat, FakeSockets.socket("x"), "eve")).isEqualTo("x greets eve 1");
        assertThat(chat.reference().getClass()).isNotEqualTo(Chat.class);
    }

    @Test
    void each_socket_has_its_own_scoped_beans() throws Throwable {
        NamespaceBean chat =
                deploy(Chat.class, Greeter.class, Counter.class).namespaces().get(0);
        Socket one = FakeSockets.socket("x");
        Socket other = FakeSockets.socket("y");
        int destroyed = Counter.DESTROYED.get();

        assertThat(greet(chat, one, "a")).isEqualTo("x greets a 1");
        assertThat(greet(chat, one, "a")).isEqualTo("x greets a 2");
        assertThat(greet(chat, other, "a")).isEqualTo("y greets a 1");
        ((HasSocketBeans) one).beans().destroyAll();

        assertThat(Counter.DESTROYED.get()).isEqualTo(destroyed + 1);
    }

    @Test
    void nothing_is_current_outside_of_handlers() {
        deploy(Chat.class, Greeter.class, Counter.class);

        assertThatThrownBy(() -> container.select(Socket.class).get().id())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no handler runs on this thread");
        assertThatThrownBy(() -> container.select(Counter.class).get().next())
                .isInstanceOf(ContextNotActiveException.class);
        assertThatThrownBy(
                        () -> CurrentSocket.set(container.select(Socket.class).get()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void constraints_hold_through_the_proxy() {
        NamespaceBean chat =
                deploy(Chat.class, Greeter.class, Counter.class).namespaces().get(0);

        assertThatThrownBy(() -> greet(chat, FakeSockets.socket("x"), " "))
                .isInstanceOfSatisfying(ConstraintViolationException.class, e -> assertThat(e.getConstraintViolations())
                        .singleElement()
                        .satisfies(violation ->
                                assertThat(violation.getPropertyPath()).hasToString("greet.name")));
    }

    @Test
    void mistakes_fail_the_deployment_with_all_their_sentences() {
        assertThatThrownBy(() -> deploy(Wrong.class, Lost.class))
                .hasMessageContaining("Wrong is final")
                .hasMessageContaining("Wrong serves \"bad\"")
                .hasMessageContaining("Wrong#hidden is not public")
                .hasMessageContaining("Lost has handlers but is no namespace");
    }

    @Test
    void a_namespace_has_its_own_type() {
        assertThatThrownBy(() -> deploy(Hiding.class)).hasMessageContaining("Hiding hides its own type with @Typed");
    }

    @Test
    void clashes_fail_the_deployment() {
        assertThatThrownBy(() -> deploy(Chat.class, Greeter.class, Counter.class, Clashing.class))
                .hasMessageContaining("Chat and Clashing both serve \"/b\"");
    }
}
