package io.portcullis.socketio.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.Ack;
import io.portcullis.socketio.Arguments;
import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.NamespaceMatcher;
import io.portcullis.socketio.NonBlocking;
import io.portcullis.socketio.OnAny;
import io.portcullis.socketio.OnAnyOutgoing;
import io.portcullis.socketio.OnConnect;
import io.portcullis.socketio.OnDisconnect;
import io.portcullis.socketio.OnDisconnecting;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.OnServerEvent;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.SocketScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

public class NamespaceCheckerTest {

    private static void isRefused(Class<?> type, String... fragments) {
        assertThat(NamespaceChecker.problems(type)).singleElement().asString().contains(fragments);
    }

    @Test
    void accepts_all_that_the_api_promises() {
        assertThat(NamespaceChecker.problems(Everything.class)).isEmpty();
        assertThat(NamespaceChecker.problems(Matching.class)).isEmpty();
        assertThat(NamespaceChecker.problems(Single.class)).isEmpty();
    }

    @Namespace({"/", "/chat"})
    public static class Everything {
        public record Draft(String text) {}

        public enum Colour {
            RED {}
        }

        @OnConnect
        public void connected() {}

        @OnConnect
        public CompletionStage<Void> later(Socket socket, Handshake handshake) {
            return CompletableFuture.completedFuture(null);
        }

        @OnEvent("a")
        public String arguments(
                Socket socket,
                Handshake handshake,
                Draft draft,
                List<Draft> list,
                Map<String, byte[]> map,
                int[] array) {
            return "";
        }

        @OnEvent("b")
        public void acknowledged(ByteBuffer bytes, JsonObject json, Colour colour, Arguments rest, Ack ack) {}

        @OnEvent("c")
        @NonBlocking
        public void rest(Optional<UUID> id, Object any, Number number, Arguments rest) {}

        @OnServerEvent("a")
        public int server(String text, Arguments rest) {
            return 0;
        }

        @OnAny
        public void any(Socket socket, Handshake handshake, String event, Arguments arguments) {}

        @OnAnyOutgoing
        public void outgoing(String event) {}

        @OnDisconnecting
        public void going(Socket socket, DisconnectReason reason) {}

        @OnDisconnect
        public void gone(DisconnectReason reason) {}

        public final void notAHandler(Runnable anything) {}
    }

    @Namespace
    public static class Matching implements NamespaceMatcher {
        @Override
        public boolean matches(String name, Handshake handshake) {
            return true;
        }
    }

    @Singleton
    @Namespace(pattern = "/tenant-[a-z]+", endpoints = "admin")
    public static class Single {}

    @Nested
    class Names {
        @Test
        void a_namespace_needs_a_name() {
            isRefused(Nameless.class, "Nameless names no namespace", "write @Namespace(\"/name\")");
        }

        @Test
        void one_way_is_enough() {
            isRefused(TwoWays.class, "TwoWays is named in 2 ways", "keep one");
            isRefused(MatcherWithName.class, "MatcherWithName is named in 2 ways");
        }

        @Test
        void a_name_begins_with_a_slash() {
            isRefused(NoSlash.class, "NoSlash serves \"chat\"", "write it with a leading slash: \"/chat\"");
        }

        @Test
        void a_name_has_no_characters_that_the_protocol_needs() {
            isRefused(Comma.class, "a comma");
            isRefused(Question.class, "a question mark");
            isRefused(Control.class, "a control character");
        }

        @Test
        void a_name_is_served_once() {
            isRefused(NameTwice.class, "NameTwice serves \"/a\" twice");
        }

        @Test
        void a_pattern_is_a_regular_expression() {
            isRefused(BadPattern.class, "BadPattern has the pattern \"/a(\"", "no regular expression");
        }

        @Test
        void endpoints_have_different_names() {
            isRefused(EmptyEndpoint.class, "EmptyEndpoint names an endpoint without a name");
            isRefused(EndpointTwice.class, "EndpointTwice names the endpoint \"admin\" twice");
        }

        @Test
        void two_beans_cannot_serve_the_same_at_one_endpoint() {
            assertThat(clashes(First.class, SameName.class))
                    .singleElement()
                    .asString()
                    .contains("First and SameName both serve \"/a\"", "one class");
            assertThat(clashes(Tenants.class, SameTenants.class))
                    .singleElement()
                    .asString()
                    .contains("Tenants and SameTenants both serve the pattern \"/t-.\"");
            assertThat(clashes(OnAdmin.class, OnPublic.class)).isEmpty();
            assertThat(clashes(First.class, OnAdmin.class)).hasSize(1);
        }

        private static List<String> clashes(Class<?>... types) {
            return NamespaceClashes.of(
                    List.of(types).stream().map(Handlers::bean).toList());
        }
    }

    @Namespace
    public static class Nameless {}

    @Namespace(value = "/a", pattern = "/b")
    public static class TwoWays {}

    @Namespace("/a")
    public static class MatcherWithName extends Matching {}

    @Namespace("chat")
    public static class NoSlash {}

    @Namespace("/a,b")
    public static class Comma {}

    @Namespace("/a?b")
    public static class Question {}

    @Namespace("/a\nb")
    public static class Control {}

    @Namespace({"/a", "/a"})
    public static class NameTwice {}

    @Namespace(pattern = "/a(")
    public static class BadPattern {}

    @Namespace(value = "/a", endpoints = "")
    public static class EmptyEndpoint {}

    @Namespace(
            value = "/a",
            endpoints = {"admin", "admin"})
    public static class EndpointTwice {}

    @Namespace({"/a", "/b"})
    public static class First {}

    @Namespace({"/a", "/c"})
    public static class SameName {}

    @Namespace(pattern = "/t-.")
    public static class Tenants {}

    @Namespace(pattern = "/t-.")
    public static class SameTenants {}

    @Namespace(value = "/a", endpoints = "admin")
    public static class OnAdmin {}

    @Namespace(value = "/a", endpoints = "public")
    public static class OnPublic {}

    @Nested
    class Classes {
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
            assertThat(NamespaceChecker.problems(GenericParent.class)).isEmpty();
        }
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

    public static class Elsewhere {
        @NonBlocking
        public void a() {}
    }

    @Nested
    class Methods {
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

    @Nested
    class Parameters {
        @Test
        void parameters_have_an_order() {
            isRefused(
                    SocketLate.class,
                    "SocketLate#a takes Socket after the event's arguments",
                    "in this order: Socket, ");
            isRefused(HandshakeFirst.class, "HandshakeFirst#a takes Socket after Handshake");
            isRefused(AckFirst.class, "AckFirst#a takes the event's arguments after Ack");
            isRefused(RestFirst.class, "RestFirst#a takes the event's arguments after Arguments");
            isRefused(TwoSockets.class, "TwoSockets#a takes Socket twice");
            isRefused(TwoAcks.class, "TwoAcks#a takes Ack twice");
        }

        @Test
        void each_kind_of_handler_takes_its_own() {
            isRefused(ReasonInEvent.class, "ReasonInEvent#a takes a DisconnectReason", "@OnEvent cannot have");
            isRefused(ArgumentInConnect.class, "ArgumentInConnect#a takes a String", "@OnConnect cannot have");
            isRefused(AckInConnect.class, "AckInConnect#a takes a Ack");
            isRefused(HandshakeInDisconnect.class, "HandshakeInDisconnect#a takes a Handshake");
            isRefused(SocketInServerEvent.class, "SocketInServerEvent#a takes a Socket");
            isRefused(AckInServerEvent.class, "AckInServerEvent#a takes a Ack");
            isRefused(NumberInAny.class, "NumberInAny#a takes a int", "@OnAny cannot have");
            isRefused(NamelessAny.class, "NamelessAny#a does not take the event's name");
            isRefused(HandshakeInOutgoing.class, "HandshakeInOutgoing#a takes a Handshake");
        }

        @Test
        void json_can_be_bound_to_every_argument() {
            isRefused(Interface.class, "Interface#a takes a Runnable, which JSON can never be bound to");
            isRefused(Wildcard.class, "Wildcard#a takes a java.util.List<? extends java.lang.Number>");
            isRefused(AbstractArgument.class, "AbstractArgument#a takes a Abstract");
            isRefused(InnerArgument.class, "InnerArgument#a takes a Inner");
            isRefused(SubclassOfGeneric.class, "SubclassOfGeneric#a takes a T");
            isRefused(NestedInterface.class, "NestedInterface#a takes a java.util.List<java.lang.Runnable[]>");
        }

        @Test
        void results_fit_the_kind_of_handler() {
            isRefused(AckAndValue.class, "AckAndValue#a takes an Ack and returns a value");
            isRefused(ConnectValue.class, "ConnectValue#a returns a String; return nothing or a CompletionStage");
            isRefused(AnyValue.class, "AnyValue#a returns a boolean; return nothing");
            isRefused(OutgoingValue.class, "OutgoingValue#a returns a boolean; return nothing");
            isRefused(DisconnectingValue.class, "DisconnectingValue#a returns a CompletionStage; return nothing");
            isRefused(DisconnectValue.class, "DisconnectValue#a returns a String; return nothing");
        }
    }

    @Namespace("/a")
    public static class SocketLate {
        @OnEvent("a")
        public void a(String text, Socket socket) {}
    }

    @Namespace("/a")
    public static class HandshakeFirst {
        @OnConnect
        public void a(Handshake handshake, Socket socket) {}
    }

    @Namespace("/a")
    public static class AckFirst {
        @OnEvent("a")
        public void a(Ack ack, String text) {}
    }

    @Namespace("/a")
    public static class RestFirst {
        @OnEvent("a")
        public void a(Arguments rest, String text) {}
    }

    @Namespace("/a")
    public static class TwoSockets {
        @OnEvent("a")
        public void a(Socket one, Socket two) {}
    }

    @Namespace("/a")
    public static class TwoAcks {
        @OnEvent("a")
        public void a(Ack one, Ack two) {}
    }

    @Namespace("/a")
    public static class ReasonInEvent {
        @OnEvent("a")
        public void a(DisconnectReason reason) {}
    }

    @Namespace("/a")
    public static class ArgumentInConnect {
        @OnConnect
        public void a(String text) {}
    }

    @Namespace("/a")
    public static class AckInConnect {
        @OnConnect
        public void a(Ack ack) {}
    }

    @Namespace("/a")
    public static class HandshakeInDisconnect {
        @OnDisconnect
        public void a(Handshake handshake) {}
    }

    @Namespace("/a")
    public static class SocketInServerEvent {
        @OnServerEvent("a")
        public void a(Socket socket) {}
    }

    @Namespace("/a")
    public static class AckInServerEvent {
        @OnServerEvent("a")
        public void a(Ack ack) {}
    }

    @Namespace("/a")
    public static class NumberInAny {
        @OnAny
        public void a(String event, int number) {}
    }

    @Namespace("/a")
    public static class NamelessAny {
        @OnAny
        public void a(Socket socket) {}
    }

    @Namespace("/a")
    public static class HandshakeInOutgoing {
        @OnAnyOutgoing
        public void a(Handshake handshake, String event) {}
    }

    @Namespace("/a")
    public static class Interface {
        @OnEvent("a")
        public void a(Runnable work) {}
    }

    @Namespace("/a")
    public static class Wildcard {
        @OnEvent("a")
        public void a(List<? extends Number> numbers) {}
    }

    @Namespace("/a")
    public static class AbstractArgument {
        @OnEvent("a")
        public void a(Abstract value) {}
    }

    @Namespace("/a")
    public static class InnerArgument {
        @OnEvent("a")
        public void a(Inner value) {}
    }

    public abstract static class GenericParent<T> {
        @OnEvent("a")
        public void a(T value) {}
    }

    @Namespace("/a")
    public static class SubclassOfGeneric extends GenericParent<String> {}

    @Namespace("/a")
    public static class NestedInterface {
        @OnEvent("a")
        public void a(List<Runnable[]> value) {}
    }

    @Namespace("/a")
    public static class AckAndValue {
        @OnEvent("a")
        public String a(Ack ack) {
            return "";
        }
    }

    @Namespace("/a")
    public static class ConnectValue {
        @OnConnect
        public String a() {
            return "";
        }
    }

    @Namespace("/a")
    public static class AnyValue {
        @OnAny
        public boolean a(String event) {
            return true;
        }
    }

    @Namespace("/a")
    public static class OutgoingValue {
        @OnAnyOutgoing
        public boolean a(String event) {
            return true;
        }
    }

    @Namespace("/a")
    public static class DisconnectingValue {
        @OnDisconnecting
        public CompletionStage<Void> a() {
            return CompletableFuture.completedFuture(null);
        }
    }

    @Namespace("/a")
    public static class DisconnectValue {
        @OnDisconnect
        public String a() {
            return "";
        }
    }

    @Nested
    class Inheritance {
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
    public static class Concrete extends GenericParent<String> {
        @Override
        public void a(String value) {}
    }

    @Namespace("/a")
    public static class ConcreteMarked extends GenericParent<String> {
        @Override
        @OnEvent("a")
        public void a(String value) {}
    }
}
