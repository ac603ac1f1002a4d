package io.portcullis.socketio.runtime;

import static io.portcullis.socketio.runtime.Refusals.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.NonBlocking;
import io.portcullis.socketio.OnConnect;
import io.portcullis.socketio.OnDisconnect;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.OnServerEvent;
import jakarta.transaction.Transactional;
import org.junit.jupiter.api.Test;

public class HandlerRulesTest {

    @Test
    void a_handler_is_a_public_instance_method() {
        isRefused(NotPublic.class, "NotPublic#hidden is not public", "make it public");
        isRefused(PrivateMethod.class, "PrivateMethod#hidden is not public");
        isRefused(Static.class, "Static#a is static");
        isRefused(FinalMethod.class, "FinalMethod#a is final");
    }

    @Test
    void a_handler_is_not_generic() {
        assertThat(NamespaceChecker.problems(GenericMethod.class))
                .anyMatch(sentence -> sentence.contains("GenericMethod#a is generic"));
    }

    @Test
    void an_event_has_one_handler() {
        isRefused(EventTwice.class, "EventTwice#b handles the event \"x\", as EventTwice#a does");
        isRefused(ServerEventTwice.class, "ServerEventTwice#b handles the server event \"x\"");
    }

    @Test
    void an_event_has_a_name_of_its_own() {
        isRefused(EmptyEvent.class, "EmptyEvent#a handles an event without a name");
        isRefused(Reserved.class, "Reserved#a handles \"disconnect\", which is reserved");
    }

    @Test
    void a_method_handles_one_thing() {
        isRefused(TwoMarks.class, "TwoMarks#a is marked to handle two things");
    }

    @Test
    void only_handlers_can_be_non_blocking() {
        isRefused(NonBlockingHelper.class, "NonBlockingHelper#a is @NonBlocking but handles nothing");
        isRefused(Elsewhere.class, "Elsewhere#a is @NonBlocking but handles nothing");
    }

    @Test
    void what_has_a_transaction_blocks() {
        isRefused(Transaction.class, "Transaction#a is @NonBlocking and @Transactional");
        isRefused(TransactionalClass.class, "TransactionalClass#a is @NonBlocking and @Transactional");
    }

    @Namespace("/a")
    public static class NotPublic {
        @OnEvent("a")
        void hidden() {}
    }

    @Namespace("/a")
    public static class PrivateMethod {
        @OnEvent("a")
        private void hidden() {}
    }

    @Namespace("/a")
    public static class Static {
        @OnEvent("a")
        public static void a() {}
    }

    @Namespace("/a")
    public static class FinalMethod {
        @OnEvent("a")
        public final void a() {}
    }

    @Namespace("/a")
    public static class GenericMethod {
        @OnEvent("a")
        public <T> void a(T value) {}
    }

    @Namespace("/a")
    public static class EventTwice {
        @OnEvent("x")
        public void a() {}

        @OnEvent("x")
        public void b() {}
    }

    @Namespace("/a")
    public static class ServerEventTwice {
        @OnServerEvent("x")
        public void a() {}

        @OnServerEvent("x")
        public void b() {}
    }

    @Namespace("/a")
    public static class EmptyEvent {
        @OnEvent("")
        public void a() {}
    }

    @Namespace("/a")
    public static class Reserved {
        @OnEvent("disconnect")
        public void a() {}
    }

    @Namespace("/a")
    public static class TwoMarks {
        @OnConnect
        @OnDisconnect
        public void a() {}
    }

    @Namespace("/a")
    public static class NonBlockingHelper {
        @NonBlocking
        public void a() {}
    }

    @Namespace("/a")
    public static class Transaction {
        @NonBlocking
        @Transactional
        @OnEvent("a")
        public void a() {}
    }

    @Transactional
    @Namespace("/a")
    public static class TransactionalClass {
        @NonBlocking
        @OnEvent("a")
        public void a() {}
    }

    public static class Elsewhere {
        @NonBlocking
        public void a() {}
    }
}
