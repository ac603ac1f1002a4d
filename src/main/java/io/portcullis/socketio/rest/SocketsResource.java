package io.portcullis.socketio.rest;

import io.portcullis.socketio.BroadcastOperator;
import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.RemoteSocket;
import io.portcullis.socketio.SocketNamespace;
import io.portcullis.socketio.SocketServer;
import io.portcullis.socketio.security.Audit;
import io.portcullis.socketio.security.AuditEvent;
import io.portcullis.socketio.security.AuditType;
import io.portcullis.socketio.security.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonCollectors;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Thread-safe. Who is connected. */
@Path("/")
@Administration
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class SocketsResource {

    private static final int USUAL = 1_000;
    private static final int MOST = 10_000;
    private static final long PATIENCE_SECONDS = 5;

    @Inject
    SocketServer io;

    @Inject
    Audit audit;

    @Inject
    Caller caller;

    /** For the container. */
    @SuppressWarnings("NullAway.Init") // the container injects
    public SocketsResource() {}

    /**
     * Lists sockets.
     *
     * @param sub of this user alone, if given
     * @param limit how many at most, from 1 to 10,000; 1,000 unless given
     * @return by endpoint and namespace
     */
    @GET
    @Path("sockets")
    public JsonArray list(@QueryParam("sub") @Nullable String sub, @QueryParam("limit") @Nullable String limit) {
        String subject = Parameters.given(sub);
        return namespaces()
                .flatMap(namespace -> fetch(namespace).stream()
                        .filter(socket -> subject == null || subject.equals(subjectOf(socket)))
                        .map(socket -> toJson(namespace, socket)))
                .limit(Parameters.limit(limit, USUAL, MOST))
                .collect(JsonCollectors.toJsonArray());
    }

    private Stream<SocketNamespace> namespaces() {
        return io.endpoints().stream().flatMap(name -> io.endpoint(name).namespaces().stream());
    }

    private static List<RemoteSocket> fetch(BroadcastOperator sockets) {
        try {
            return sockets.fetchSockets().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "The server is stopping.");
        } catch (ExecutionException | TimeoutException e) {
            throw new Refusal(503, "A node does not answer; try again.");
        }
    }

    private static @Nullable String subjectOf(RemoteSocket socket) {
        Identity user = Identity.of(socket.handshake().principal());
        return user == null ? null : user.subject();
    }

    private static JsonObject toJson(SocketNamespace namespace, RemoteSocket socket) {
        Identity user = Identity.of(socket.handshake().principal());
        return new Fields()
                .add("id", socket.id())
                .add("endpoint", socket.handshake().endpoint())
                .add("namespace", namespace.name())
                .add("iss", user == null ? null : user.issuer())
                .add("sub", user == null ? null : user.subject())
                .add("rooms", socket.rooms())
                .build();
    }

    /**
     * Disconnects a socket, with its whole connection.
     *
     * @param id the socket's id
     */
    @DELETE
    @Path("sockets/{id}")
    public void disconnect(@PathParam("id") String id) {
        for (String endpoint : io.endpoints()) {
            for (SocketNamespace namespace : io.endpoint(endpoint).namespaces()) {
                if (disconnect(endpoint, namespace, id)) {
                    return;
                }
            }
        }
        throw new Refusal(404, "There is no socket with that id.");
    }

    private boolean disconnect(String endpoint, SocketNamespace namespace, String id) {
        Optional<Handshake> handshake = fetch(namespace.local().in(id)).stream()
                .filter(socket -> socket.id().equals(id))
                .map(RemoteSocket::handshake)
                .findFirst();
        if (!namespace.disconnectSocket(id, true)) {
            return false;
        }
        audit.record(AuditEvent.of(AuditType.EVICTED)
                .at(endpoint, handshake.map(Handshake::address).orElse(null))
                .by(handshake.map(known -> Identity.of(known.principal())).orElse(null))
                .of(id, namespace.name())
                .withCode("administrator")
                .withDetail(caller.description()));
        return true;
    }
}
