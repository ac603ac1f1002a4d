package io.portcullis.socketio.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

/** Who somebody is. */
class IdentityTest {

    /** A token whose owner may choose the name that is shown. */
    private record Token(String name, String issuer, String subject) implements JsonWebToken {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public Set<String> getClaimNames() {
            return Set.of("iss", "sub");
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T getClaim(String claim) {
            return (T) (claim.equals("iss") ? issuer : claim.equals("sub") ? subject : null);
        }
    }

    @Test
    void nobody_is_nobody() {
        assertThat(Identity.of(null)).isNull();
        assertThat(Identity.of(() -> null)).isNull();
    }

    @Test
    void whom_the_server_itself_knows_has_a_name() {
        Principal alice = () -> "alice";

        assertThat(Identity.of(alice)).isEqualTo(new Identity(null, "alice"));
    }

    @Test
    void a_token_is_known_by_issuer_and_subject_whatever_name_it_shows() {
        Identity mallory = Identity.of(new Token("alice", "https://login.example", "4711"));

        assertThat(mallory).isEqualTo(new Identity("https://login.example", "4711"));
        assertThat(mallory.key())
                .isNotEqualTo(Identity.of(() -> "alice").key())
                .isNotEqualTo(Identity.of(() -> "https://login.example 4711").key())
                .isNotEqualTo(new Identity("https://login.example4", "711").key());
    }
}
