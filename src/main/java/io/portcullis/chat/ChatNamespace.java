package io.portcullis.chat;

import io.portcullis.socketio.ConnectRefusedException;
import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.InvalidArgumentException;
import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.OnConnect;
import io.portcullis.socketio.OnDisconnect;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.SocketServer;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What a chat client can say, and what it is told. Open to everybody: there is no login in this sample yet. */
@Namespace("/chat")
public class ChatNamespace {

    static final String TOPIC = "[\\p{L}\\p{N}][\\p{L}\\p{N} -]{0,31}";

    private static final String NAME = "name";
    private static final int LONGEST_NAME = 24;

    /** A message that somebody writes. */
    public record Draft(@NotNull @Pattern(regexp = TOPIC) String topic, @NotBlank @Size(max = 2_000) String text) {}

    /** A picture that somebody sends. */
    public record Picture(
            @NotNull @Pattern(regexp = TOPIC) String topic,
            @NotNull @Pattern(regexp = "image/(png|jpeg|gif|webp)") String type,
            @NotNull @Size(min = 1, max = 500_000) byte[] data) {}

    /** Somebody starts or stops to type. */
    public record Typing(@NotNull @Pattern(regexp = TOPIC) String topic, boolean active) {}

    /** Somebody has got a message. */
    public record Seen(@NotNull @Pattern(regexp = TOPIC) String topic, @NotNull UUID id) {}

    /** The acknowledgement of a message. */
    public record Receipt(UUID id, Instant at) {}

    /** What a client gets when it enters a topic. */
    public record Entrance(String topic, List<String> members, List<Message> history) {}

    /** Who is in a topic now. */
    public record Change(String topic, String name, List<String> members) {}

    /** Who types. */
    public record TypingNotice(String topic, String name, boolean active) {}

    /** Who has got which message. */
    public record SeenNotice(String topic, UUID id, String by) {}

    @Inject
    SocketServer io;

    @Inject
    Topics topics;

    @OnConnect
    public void connected(Socket socket, Handshake handshake) {
        String name = handshake.auth().getString(NAME, "").strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new ConnectRefusedException("name invalid");
        }
        if (!topics.claim(name, socket.id())) {
            throw new ConnectRefusedException("name taken");
        }
        socket.data().put(NAME, name);
        if (socket.isRecovered()) {
            topics.of(socket.rooms()).forEach(topic -> enter(socket, topic));
        }
        socket.emit("topics", topics.all());
    }

    @OnEvent("topic:join")
    public Entrance join(Socket socket, @NotNull @Pattern(regexp = TOPIC) String topic) {
        socket.join(room(topic));
        enter(socket, topic);
        return new Entrance(topic, topics.members(topic), topics.history(topic));
    }

    private void enter(Socket socket, String topic) {
        if (topics.enter(topic, name(socket))) {
            socket.to(room(topic)).emit("member:joined", new Change(topic, name(socket), topics.members(topic)));
            io.of("/chat").emit("topics", topics.all());
        }
    }

    @OnEvent("topic:leave")
    public void leave(Socket socket, @NotNull @Pattern(regexp = TOPIC) String topic) {
        socket.leave(room(topic));
        exit(topic, name(socket));
    }

    private void exit(String topic, String name) {
        if (topics.exit(topic, name)) {
            io.of("/chat").to(room(topic)).emit("member:left", new Change(topic, name, topics.members(topic)));
            io.of("/chat").emit("topics", topics.all());
        }
    }

    @OnEvent("message:send")
    public Receipt send(Socket socket, @NotNull @Valid Draft draft) {
        return publish(socket, Message.text(draft.topic(), name(socket), draft.text()));
    }

    @OnEvent("picture:send")
    public Receipt sendPicture(Socket socket, @NotNull @Valid Picture picture) {
        return publish(socket, Message.picture(picture.topic(), name(socket), picture.type(), picture.data()));
    }

    private Receipt publish(Socket socket, Message message) {
        requireMember(socket, message.topic());
        topics.keep(message);
        socket.to(room(message.topic())).emit("message:new", message);
        return new Receipt(message.id(), message.at());
    }

    @OnEvent("message:seen")
    public void seen(Socket socket, @NotNull @Valid Seen seen) {
        requireMember(socket, seen.topic());
        socket.to(room(seen.topic())).emit("message:seen", new SeenNotice(seen.topic(), seen.id(), name(socket)));
    }

    @OnEvent("typing")
    public void typing(Socket socket, @NotNull @Valid Typing typing) {
        requireMember(socket, typing.topic());
        socket.to(room(typing.topic()))
                .asVolatile()
                .emit("typing", new TypingNotice(typing.topic(), name(socket), typing.active()));
    }

    @OnDisconnect
    public void disconnected(Socket socket, DisconnectReason reason) {
        String name = name(socket);
        if (topics.release(name, socket.id())) {
            topics.of(name).forEach(topic -> exit(topic, name));
        }
    }

    /** What a client sends is never a room's name by itself. */
    private static String room(String topic) {
        return Topics.ROOM_PREFIX + topic;
    }

    private static String name(Socket socket) {
        return String.valueOf(socket.data().get(NAME));
    }

    private static void requireMember(Socket socket, String topic) {
        if (!socket.rooms().contains(room(topic))) {
            throw new InvalidArgumentException(0, "expected a topic that you have joined", null);
        }
    }
}
