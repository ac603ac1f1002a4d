package io.portcullis.socketio.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.NonBlocking;
import io.portcullis.socketio.OnEvent;
import org.junit.jupiter.api.Test;

public class HandlerInheritanceTest {

    @Test
    void handlers_of_superclasses_count() {
        assertThat(NamespaceChecker.problems(Child.class)).isEmpty();
        assertThat(Handlers.bean(Child.class).event("inherited")).isNotNull();
    }

    @Test
    void what_overrides_a_handler_is_one() {
        HandlerMethod overriding = Handlers.bean(Child.class).event("overridden");

        assertThat(overriding.describe()).isEqualTo("Child#overridden");
        assertThat(overriding.signature().method().getDeclaringClass()).isEqualTo(Child.class);
        assertThat(overriding.isNonBlocking()).isTrue();
    }

    @Test
    void a_mark_of_its_own_replaces_the_inherited_one() {
        assertThat(Handlers.bean(Child.class).event("renamed")).isNull();
        assertThat(Handlers.bean(Child.class).event("new name")).isNotNull();
    }

    @Test
    void a_superclass_may_be_hidden() throws Throwable {
        assertThat(NamespaceChecker.problems(Visible.class)).isEmpty();
        assertThat(Handlers.bean(Visible.class).event("a").invoke(Handlers.event("a", "\"x\"")))
                .isEqualTo("x");
    }

    @Test
    void a_bridge_is_no_handler_of_its_own() {
        assertThat(NamespaceChecker.problems(Concrete.class)).isEmpty();
        assertThat(HandlerFinder.handlers(Concrete.class)).singleElement().satisfies(handler -> assertThat(
                        handler.parameters().get(0).type())
                .isEqualTo(String.class));
        assertThat(NamespaceChecker.problems(ConcreteMarked.class)).isEmpty();
        assertThat(HandlerFinder.handlers(ConcreteMarked.class)).hasSize(1);
    }

    public static class Parent {
        @OnEvent("inherited")
        public void inherited() {}

        @NonBlocking
        @OnEvent("overridden")
        public void overridden() {}

        @OnEvent("renamed")
        public void renamed() {}
    }

    @Namespace("/a")
    public static class Child extends Parent {
        @Override
        public void overridden() {}

        @Override
        @OnEvent("new name")
        public void renamed() {}
    }

    abstract static class HiddenParent {
        @OnEvent("a")
        public String a(String value) {
            return value;
        }
    }

    @Namespace("/a")
    public static class Visible extends HiddenParent {}

    @Namespace("/a")
    public static class Concrete extends HandlerParametersTest.GenericParent<String> {
        @Override
        public void a(String value) {}
    }

    @Namespace("/a")
    public static class ConcreteMarked extends HandlerParametersTest.GenericParent<String> {
        @Override
        @OnEvent("a")
        public void a(String value) {}
    }
}
