package io.portcullis.inside;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.NonBlocking;
import io.portcullis.socketio.OnConnect;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.SocketClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whom the application's own mechanism authenticated, and whom a thread of a handler takes its caller for. The first is
 * the principal of the handshake; the second is nobody on all servers, so that there is nobody to be mistaken for.
 */
@Timeout(60)
@ExtendWith(ArquillianExtension.class)
public class SecurityContextInsideIT {

    private static final String NOBODY = "nobody";
    private static final String PASSWORD = "right";
    private static final int ROUNDS = 50;

    @Deployment
    public static WebArchive war() {
        return Inside.war(SecurityContextInsideIT.class);
    }

    private static SocketClient join(Via via, String user, String password) {
        String credential = user + ":" + password;
        return Inside.join(
                via,
                "/vault",
                // a password is what browsers send by themselves: only with the page that it comes from
                "Origin: " + Inside.uri(),
                "Authorization: Basic "
                        + Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8)));
    }

    private static Answer ask(SocketClient client, String event) {
        JsonObject answer = client.ask("/vault", "[\"" + event + "\"]").getJsonObject(0);
        return new Answer(
                answer.getString("connected"),
                answer.getString("principal"),
                answer.getString("caller"),
                answer.getString("thread"));
    }

    /** WildFly has a name for nobody. */
    private static String containersNobody() {
        return Inside.server().equals("wildfly") ? "anonymous" : NOBODY;
    }

    @Test
    void whom_the_application_authenticated_is_the_principal_in_its_handlers() {
        for (Via via : Via.values()) {
            try (SocketClient client = join(via, "ann", PASSWORD)) {
                Answer answer = ask(client, "who");
                assertThat(answer.connected).as("when it connected, by " + via).isEqualTo("ann");
                assertThat(answer.principal).as("in a handler, by " + via).isEqualTo("ann");
            }
        }
    }

    @Test
    void a_client_without_credentials_is_nobody() {
        for (Via via : Via.values()) {
            try (SocketClient client = Inside.join(via, "/vault")) {
                assertThat(ask(client, "who").principal).isEqualTo(NOBODY);
            }
        }
    }

    @Test
    void a_client_with_a_wrong_password_is_refused_or_nobody() {
        for (Via via : Via.values()) {
            try (SocketClient client = join(via, "ann", "wrong")) {
                assertThat(ask(client, "who").principal).isEqualTo(NOBODY);
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("refused");
            }
        }
    }

    @Test
    void a_thread_never_takes_somebody_else_for_its_caller_whoever_it_served_before() {
        Map<String, Set<String>> users = new HashMap<>();
        Map<String, SocketClient> clients = Map.of(
                "ann",
                join(Via.WEBSOCKET, "ann", PASSWORD),
                "ben",
                join(Via.WEBSOCKET, "ben", PASSWORD),
                "cat",
                join(Via.POLLING, "cat", PASSWORD),
                NOBODY,
                Inside.join(Via.POLLING, "/vault"));
        for (int i = 0; i < ROUNDS; i++) {
            for (String event : List.of("who", "who-at-once")) {
                clients.forEach((user, client) -> {
                    Answer answer = ask(client, event);
                    assertThat(answer.principal).as(event).isEqualTo(user);
                    assertThat(answer.caller).as(event).isIn(user, containersNobody());
                    users.computeIfAbsent(answer.thread, thread -> new HashSet<>())
                            .add(user);
                });
            }
        }
        clients.values().forEach(SocketClient::close);

        assertThat(users.values()).as("threads with their users").anyMatch(some -> some.size() > 1);
    }

    /**
     * Immutable. What a handler knows about its client.
     *
     * @param connected the principal when it connected
     * @param principal the principal now
     * @param caller whom the container takes the thread's caller for
     * @param thread the thread's name
     */
    public record Answer(String connected, String principal, String caller, String thread) {}

    /** Thread-safe. The application. */
    @Namespace("/vault")
    public static class Vault {

        @Inject
        SecurityContext security;

        @OnConnect
        public void connected(Socket socket, Handshake handshake) {
            socket.data().put("who", name(handshake.principal()));
        }

        @OnEvent("who")
        public Answer who(Socket socket, Handshake handshake) {
            return new Answer(
                    (String) socket.data().get("who"),
                    name(handshake.principal()),
                    name(security.getCallerPrincipal()),
                    Thread.currentThread().getName());
        }

        /** On the thread that received the event, if it can be. */
        @OnEvent("who-at-once")
        @NonBlocking
        public Answer whoAtOnce(Socket socket, Handshake handshake) {
            return who(socket, handshake);
        }

        private static String name(Principal principal) {
            return principal == null ? NOBODY : principal.getName();
        }
    }

    /** The mechanism. */
    @ApplicationScoped
    @BasicAuthenticationMechanismDefinition(realmName = "inside")
    public static class Mechanism {}

    /** Thread-safe. Knows everybody who has the right password. */
    @ApplicationScoped
    public static class Users implements IdentityStore {

        @Override
        public CredentialValidationResult validate(Credential credential) {
            if (credential instanceof UsernamePasswordCredential user && user.compareTo(user.getCaller(), PASSWORD)) {
                return new CredentialValidationResult(user.getCaller(), Set.of("user"));
            }
            return CredentialValidationResult.INVALID_RESULT;
        }
    }
}
