package io.portcullis.socketio.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.socketio.Ack;
import io.portcullis.socketio.Arguments;
import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.InvalidArgumentException;
import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.NonBlocking;
import io.portcullis.socketio.OnAny;
import io.portcullis.socketio.OnConnect;
import io.portcullis.socketio.OnDisconnect;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.OnServerEvent;
import io.portcullis.socketio.Socket;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

public class HandlerMethodTest {

    public record Draft(@NotBlank String topic, @Size(max = 3) String text) {}

    @Namespace("/a")
    public static class Chat {
        final List<Object> seen = new ArrayList<>();

        @OnConnect
        public void second(Socket socket, Handshake handshake) {
            seen.add(List.of("second", socket.id(), handshake.endpoint()));
        }

        @OnConnect
        public CompletionStage<Void> first() {
            return CompletableFuture.completedFuture(null);
        }

        @OnEvent("all")
        public void all(Socket socket, Handshake handshake, String text, int number, Arguments rest, Ack ack) {
            seen.add(List.of(socket.id(), text, number, rest.size(), ack.isRequested()));
        }

        @OnEvent("value")
        @NonBlocking
        public int value(int number) {
            return number + 1;
        }

        @OnEvent("fails")
        public void fails() throws IOException {
            throw new IOException("as it is");
        }

        @OnEvent("constrained")
        public void constrained(Socket socket, @NotBlank String text, @Max(5) int number) {
            seen.add(text);
        }

        @OnEvent("cascaded")
        public void cascaded(@Valid Draft draft) {
            seen.add(draft);
        }

        @OnAny
        public void any(String event, Arguments arguments) {
            seen.add(event + arguments.size());
        }

        @OnServerEvent("server")
        public String server(String text, int number) {
            return text + number;
        }

        @OnDisconnect
        public void gone(DisconnectReason reason) {
            seen.add(reason);
        }
    }

    private final Chat chat = new Chat();
    private final NamespaceBean bean = Handlers.bean(chat);

    @Test
    void gives_what_the_parameters_ask_for() throws Throwable {
        HandlerMethod all = bean.event("all");

        all.invoke(Handlers.event("all", "\"text\"", "7", "true", "null"));

        assertThat(chat.seen).containsExactly(List.of("a", "text", 7, 2, true));
        assertThat(all.takesAck()).isTrue();
        assertThat(all.returnsVoid()).isTrue();
        assertThat(all.isNonBlocking()).isFalse();
        assertThat(all.describe()).isEqualTo("Chat#all");
    }

    @Test
    void answers_with_what_the_method_returns() throws Throwable {
        HandlerMethod value = bean.event("value");

        assertThat(value.invoke(Handlers.event("value", "41"))).isEqualTo(42);
        assertThat(value.invoke(Handlers.event("value"))).isEqualTo(1);
        assertThat(value.invoke(Handlers.event("value", "1", "\"superfluous\"")))
                .isEqualTo(2);
        assertThat(value.isNonBlocking()).isTrue();
        assertThat(value.takesAck()).isFalse();
        assertThat(bean.connect().get(0).returnsStage()).isTrue();
    }

    @Test
    void lets_exceptions_out_as_they_are() {
        assertThatThrownBy(() -> bean.event("fails").invoke(Handlers.event("fails")))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("as it is");
    }

    @Test
    void counts_invalid_arguments_without_the_name() {
        assertThatThrownBy(() -> bean.event("all").invoke(Handlers.event("all", "\"text\"", "\"7\"")))
                .isInstanceOfSatisfying(InvalidArgumentException.class, e -> assertThat(e.index())
                        .isEqualTo(1))
                .hasMessage("argument 1: expected int, found a string");
        assertThat(chat.seen).isEmpty();
    }

    @Test
    void validates_before_the_handler_runs() throws Throwable {
        HandlerMethod constrained = bean.event("constrained");

        constrained.invoke(Handlers.event("constrained", "\"a\"", "5"));
        assertThatThrownBy(() -> constrained.invoke(Handlers.event("constrained", "\" \"", "6")))
                .isInstanceOfSatisfying(ConstraintViolationException.class, e -> assertThat(e.getConstraintViolations())
                        .extracting(violation -> violation.getPropertyPath().toString())
                        .containsExactlyInAnyOrder("constrained.text", "constrained.number"));

        assertThat(chat.seen).containsExactly("a");
    }

    @Test
    void validates_what_is_inside() {
        assertThatThrownBy(() ->
                        bean.event("cascaded").invoke(Handlers.event("cascaded", "{\"topic\":\"\",\"text\":\"long\"}")))
                .isInstanceOfSatisfying(ConstraintViolationException.class, e -> assertThat(e.getConstraintViolations())
                        .hasSize(2));
        assertThat(chat.seen).isEmpty();
    }

    @Test
    void works_without_a_validator() throws Throwable {
        NamespaceBean unchecked =
                new NamespaceBean(Chat.class, () -> chat, Handlers.BINDER, new ArgumentValidator(() -> null));

        unchecked.event("constrained").invoke(Handlers.event("constrained", "\" \"", "6"));

        assertThat(chat.seen).containsExactly(" ");
    }

    @Test
    void the_other_kinds() throws Throwable {
        Socket socket = FakeSockets.socket("a");

        assertThat(bean.connect()).extracting(HandlerMethod::describe).containsExactly("Chat#first", "Chat#second");
        bean.connect().get(1).invoke(new HandlerCall(socket, null, null, 0, null, null));
        bean.any().get(0).invoke(Handlers.event("unknown", "1", "2"));
        bean.disconnect().get(0).invoke(new HandlerCall(socket, null, null, 0, null, DisconnectReason.PING_TIMEOUT));
        Object answer = bean.serverEvent("server").invoke(Handlers.event("server", "\"n\"", "3"));

        assertThat(chat.seen)
                .containsExactly(List.of("second", "a", "default"), "unknown2", DisconnectReason.PING_TIMEOUT);
        assertThat(answer).isEqualTo("n3");
        assertThat(bean.event("server")).isNull();
        assertThat(bean.anyOutgoing()).isEmpty();
        assertThat(bean.disconnecting()).isEmpty();
    }
}
