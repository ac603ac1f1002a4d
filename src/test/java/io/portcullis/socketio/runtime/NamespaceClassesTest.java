package io.portcullis.socketio.runtime;

import static io.portcullis.socketio.runtime.Refusals.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.SocketScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import org.junit.jupiter.api.Test;

public class NamespaceClassesTest {

    @Test
    void a_class_can_be_made_and_proxied() {
        isRefused(Abstract.class, "Abstract is abstract");
        isRefused(Inner.class, "Inner is an inner class", "make it static");
        isRefused(Hidden.class, "Hidden is not public");
        isRefused(Secret.class, "Secret is not public");
        isRefused(Final.class, "Final is final");
        isRefused(Generic.class, "Generic is generic");
    }

    @Test
    void one_bean_serves_all_sockets() {
        isRefused(PerRequest.class, "PerRequest is @RequestScoped", "remove the scope");
        isRefused(PerSession.class, "PerSession is @SessionScoped");
        isRefused(PerSocket.class, "PerSocket is @SocketScoped");
    }

    @Test
    void handlers_are_in_namespaces() {
        isRefused(NoNamespace.class, "NoNamespace has handlers but is no namespace", "write @Namespace");
        isRefused(Contract.class, "Contract is an interface with handlers", "the methods of the class");
        assertThat(NamespaceChecker.problems(HandlerParametersTest.GenericParent.class))
                .isEmpty();
    }

    @Namespace("/a")
    public abstract static class Abstract {}

    @Namespace("/a")
    public class Inner {}

    @Namespace("/a")
    static class Hidden {}

    @Namespace("/a")
    private static class Secret {}

    @Namespace("/a")
    public static final class Final {}

    @Namespace("/a")
    public static class Generic<T> {}

    @RequestScoped
    @Namespace("/a")
    public static class PerRequest {}

    @SessionScoped
    @Namespace("/a")
    public static class PerSession {}

    @SocketScoped
    @Namespace("/a")
    public static class PerSocket {}

    public static class NoNamespace {
        @OnEvent("a")
        public void a() {}
    }

    public interface Contract {
        @OnEvent("a")
        void a();
    }
}
