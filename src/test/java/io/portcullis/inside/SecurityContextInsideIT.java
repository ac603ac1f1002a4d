package io.portcullis.inside;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.OnConnect;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.SocketClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
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
import java.util.Map;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whom the application's own mechanism authenticated, and whom a thread of a handler takes its caller for. */
@ExtendWith(ArquillianExtension.class)
public class SecurityContextInsideIT {

    private static final String NOBODY = "nobody";
    private static final int ROUNDS = 50;

    @Deployment
    public static WebArchive war() {
        return Inside.war(SecurityContextInsideIT.class);
    }

    private static SocketClient join(Via via, String user) {
        String credential = user + ":password of " + user;
        return Inside.join(
                via,
                "/vault",
                "Authorization: Basic "
                        + Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonArray who(SocketClient client) {
        return client.ask("/vault", "[\"who\"]").getJsonArray(0);
    }

    @Test
    void whom_the_application_authenticated_is_the_principal_in_its_handlers() {
        for (Via via : Via.values()) {
            try (SocketClient client = join(via, "ann")) {
                JsonArray who = who(client);
                assertThat(who.getString(0)).as("when it connected, by " + via).isEqualTo("ann");
                assertThat(who.getString(1)).as("in a handler, by " + via).isEqualTo("ann");
            }
        }
    }

    @Test
    void a_client_without_credentials_is_nobody() {
        for (Via via : Via.values()) {
            try (SocketClient client = Inside.join(via, "/vault")) {
                JsonArray who = who(client);
                assertThat(who.getString(0)).isEqualTo(NOBODY);
                assertThat(who.getString(1)).isEqualTo(NOBODY);
            }
        }
    }

    @Test
    void a_thread_that_served_one_user_never_takes_another_one_for_him() {
        Map<String, Set<String>> callers = new HashMap<>();
        Map<String, SocketClient> clients = Map.of(
                "ann",
                join(Via.WEBSOCKET, "ann"),
                "ben",
                join(Via.WEBSOCKET, "ben"),
                "cat",
                join(Via.POLLING, "cat"),
                NOBODY,
                Inside.join(Via.POLLING, "/vault"));
        for (int i = 0; i < ROUNDS; i++) {
            clients.forEach((user, client) -> {
                JsonArray who = who(client);
                assertThat(who.getString(1)).isEqualTo(user);
                callers.computeIfAbsent(user, key -> new HashSet<>()).add(who.getString(2));
            });
        }
        clients.values().forEach(SocketClient::close);
        System.out.println("CALLERS " + callers);
    }

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
        public String[] who(Socket socket, Handshake handshake) {
            return new String[] {
                (String) socket.data().get("who"), name(handshake.principal()), name(security.getCallerPrincipal())
            };
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
            if (credential instanceof UsernamePasswordCredential user
                    && user.getPasswordAsString().equals("password of " + user.getCaller())) {
                return new CredentialValidationResult(user.getCaller(), Set.of("user"));
            }
            return CredentialValidationResult.INVALID_RESULT;
        }
    }
}
