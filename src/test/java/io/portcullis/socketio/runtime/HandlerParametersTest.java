package io.portcullis.socketio.runtime;

import static io.portcullis.socketio.runtime.Refusals.isRefused;

import io.portcullis.socketio.Ack;
import io.portcullis.socketio.Arguments;
import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.OnAny;
import io.portcullis.socketio.OnAnyOutgoing;
import io.portcullis.socketio.OnConnect;
import io.portcullis.socketio.OnDisconnect;
import io.portcullis.socketio.OnDisconnecting;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.OnServerEvent;
import io.portcullis.socketio.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

public class HandlerParametersTest {

    @Test
    void parameters_have_an_order() {
        isRefused(SocketLate.class, "SocketLate#a takes Socket after the event's arguments", "in this order: Socket, ");
        isRefused(HandshakeFirst.class, "HandshakeFirst#a takes Socket after Handshake");
        isRefused(AckFirst.class, "AckFirst#a takes the event's arguments after Ack");
        isRefused(RestFirst.class, "RestFirst#a takes the event's arguments after Arguments");
        isRefused(TwoSockets.class, "TwoSockets#a takes Socket twice");
        isRefused(TwoAcks.class, "TwoAcks#a takes Ack twice");
    }

    @Test
    void types_that_json_is_bound_to_are_public() {
        isRefused(HiddenRecord.class, "HiddenRecord#a takes a", "is not public; make it public");
        isRefused(ListOfHiddenRecords.class, "ListOfHiddenRecords#a takes a", "is not public; make it public");
    }

    record Hidden(String text) {}

    @Namespace("/a")
    public static class HiddenRecord {
        @OnEvent("a")
        public void a(Hidden hidden) {}
    }

    @Namespace("/a")
    public static class ListOfHiddenRecords {
        @OnEvent("a")
        public void a(List<Hidden> hidden) {}
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
        public void a(NamespaceClassesTest.Abstract value) {}
    }

    @Namespace("/a")
    public static class InnerArgument {
        @OnEvent("a")
        public void a(NamespaceClassesTest.Inner value) {}
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
}
