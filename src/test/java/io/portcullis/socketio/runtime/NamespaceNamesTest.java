package io.portcullis.socketio.runtime;

import static io.portcullis.socketio.runtime.Refusals.isRefused;
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
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

public class NamespaceNamesTest {

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
        return NamespaceClashes.of(List.of(types).stream().map(Handlers::bean).toList());
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
}
