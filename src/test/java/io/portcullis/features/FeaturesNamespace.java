package io.portcullis.features;

import io.portcullis.socketio.Ack;
import io.portcullis.socketio.Arguments;
import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.OnAny;
import io.portcullis.socketio.OnAnyOutgoing;
import io.portcullis.socketio.OnConnect;
import io.portcullis.socketio.OnDisconnect;
import io.portcullis.socketio.OnDisconnecting;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.RemoteSocket;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.SocketServer;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One handler for each thing that a handler can be or do. */
@Namespace("/features")
public class FeaturesNamespace {

    /** A record with constraints. */
    public record Person(@NotBlank @Size(max = 20) String name, @Min(0) @Max(150) int age) {}

    /** A record with what JSON-B knows, and binary content. */
    public record Parcel(UUID id, Instant at, Optional<String> note, List<Person> people, Map<String, byte[]> files) {}

    @Inject
    SocketServer io;

    @Inject
    Journal journal;

    @Inject
    Visits visits;

    @Inject
    Purse purse;

    @Resource
    TransactionSynchronizationRegistry transactions;

    @OnConnect
    public void first(Socket socket) {
        socket.join("everybody");
    }

    @OnAny
    public void refuseForbiddenNames(String event) {
        if (event.startsWith("forbidden:")) {
            throw new IllegalStateException("refused by a catch-all handler");
        }
    }

    @OnAnyOutgoing
    public void watch(Socket socket, String event, Arguments arguments) {
        journal.note("out " + event + " " + arguments.size());
    }

    @OnEvent("person")
    public String person(@Valid Person person) {
        return person.name() + " is " + person.age();
    }

    @OnEvent("parcel")
    public Parcel parcel(Parcel parcel) {
        return new Parcel(parcel.id(), parcel.at(), parcel.note(), parcel.people(), parcel.files());
    }

    @OnEvent("people")
    public List<Person> people(List<Person> people, int at) {
        return List.of(people.get(at));
    }

    @OnEvent("bytes")
    public String bytes(byte[] bytes, Object anything) {
        return new String(bytes, StandardCharsets.UTF_8) + " "
                + anything.getClass().getSimpleName();
    }

    @OnEvent("forbidden:fruit")
    public String forbidden() {
        return "eaten";
    }

    @OnEvent("later")
    public CompletionStage<String> later(String text) {
        return CompletableFuture.supplyAsync(() -> text + " later");
    }

    @OnEvent("later-fails")
    public CompletionStage<String> laterFails() {
        return CompletableFuture.failedFuture(new IllegalStateException("secret detail"));
    }

    @OnEvent("boom")
    public String boom() {
        throw new IllegalStateException("secret detail");
    }

    @OnEvent("twice")
    public void twice(Ack ack) {
        ack.send("first", 1);
        ack.send("second", 2);
    }

    @OnEvent("injected")
    public String injected() {
        return visits.socketId(); // a request scoped bean with an injected Socket
    }

    @OnEvent("visits")
    public int visits() {
        visits.count();
        return visits.count(); // 2 if the bean is new for each event
    }

    @OnEvent("earn")
    public int earn(int amount) {
        return purse.add(amount);
    }

    @OnEvent("intercepted")
    @Shouting
    public String intercepted() {
        return "hello";
    }

    @OnEvent("transaction")
    @Transactional
    public boolean transaction() {
        return transactions.getTransactionStatus() == Status.STATUS_ACTIVE;
    }

    @OnEvent("no-transaction")
    public boolean noTransaction() {
        return transactions.getTransactionStatus() == Status.STATUS_NO_TRANSACTION;
    }

    @OnEvent("ask-all")
    public void askAll(String question, Ack ack) {
        io.of("/features")
                .to("everybody")
                .timeout(Duration.ofSeconds(5))
                .emitWithAck(Integer.class, "question", question)
                .whenComplete((answers, error) -> ack.send(
                        error == null ? answers.stream().mapToInt(each -> each).sum() : -1));
    }

    @OnEvent("move-all")
    public CompletionStage<Integer> moveAll(String from, String to) {
        io.of("/features").in(from).socketsJoin(to);
        io.of("/features").in(to).socketsLeave(from);
        return io.of("/features").in(to).fetchSockets().thenApply(List::size);
    }

    @OnEvent("rooms-of")
    public CompletionStage<Integer> roomsOf(String id) {
        return io.of("/features").in(id).fetchSockets().thenApply(found -> found.stream()
                .mapToInt((RemoteSocket each) -> each.rooms().size())
                .sum());
    }

    @OnEvent("kick")
    public void kick(String id) {
        io.of("/features").in(id).disconnectSockets(false);
    }

    @OnEvent("tell-others")
    public void tellOthers(Socket socket, String text) {
        socket.broadcast().except("nobody").local().compress(false).emit("told", text, new byte[] {1, 2});
    }

    @OnEvent("journal")
    public List<String> journal(String start) {
        return journal.all(start);
    }

    @OnDisconnecting
    public void disconnecting(Socket socket) {
        journal.note("disconnecting " + socket.id() + " " + socket.rooms().contains("everybody"));
    }

    @OnDisconnect
    public void disconnected(Socket socket) {
        journal.note("disconnected " + socket.id() + " " + socket.rooms().isEmpty());
    }
}
