package io.portcullis.socketio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.config.SessionOwner;
import org.junit.jupiter.api.Test;

/** Whose a session id is. */
class OwnerTest {

    @Test
    void R01_a_client_that_keeps_cookies_is_known_by_its_own() {
        Owner owner = new Owner(SessionOwner.WHEN_POSSIBLE, null, null, "mine");

        assertThat(owner.mayUse(null, "mine")).as("decides").isTrue();
        assertThat(owner.mayUse(null, null)).isFalse();
        assertThat(owner.mayUse(null, "another's")).isFalse();
        assertThat(owner.mayUse(null, "mine")).as("the victim notices nothing").isTrue();
    }

    @Test
    void R01_a_client_that_came_with_a_cookie_is_known_from_the_start() {
        Owner owner = new Owner(SessionOwner.WHEN_POSSIBLE, null, "mine", null);

        assertThat(owner.mayUse(null, null)).isFalse();
        assertThat(owner.mayUse(null, "another's")).isFalse();
        assertThat(owner.mayUse(null, "mine")).isTrue();
    }

    @Test
    void a_client_that_keeps_no_cookies_needs_none() {
        Owner owner = new Owner(SessionOwner.WHEN_POSSIBLE, null, null, "mine");

        assertThat(owner.mayUse(null, null)).isTrue();
        assertThat(owner.mayUse(null, null)).isTrue();
    }

    @Test
    void R01_a_thief_who_is_faster_than_the_client_does_not_lock_it_out() {
        Owner owner = new Owner(SessionOwner.WHEN_POSSIBLE, null, null, "mine");

        assertThat(owner.mayUse(null, null)).as("nobody knows yet").isTrue();
        assertThat(owner.mayUse(null, "thief's")).as("nor now").isTrue();
        assertThat(owner.mayUse(null, "mine")).isTrue();
        assertThat(owner.mayUse(null, "thief's")).isFalse();
        assertThat(owner.mayUse(null, null)).isFalse();
    }

    @Test
    void a_page_whose_cookie_was_overwritten_by_another_page_is_known_by_that() {
        Owner owner = new Owner(SessionOwner.WHEN_POSSIBLE, null, null, "overwritten");

        assertThat(owner.mayUse(null, "the browser's")).isTrue();
        assertThat(owner.mayUse(null, null)).isFalse();
        assertThat(owner.mayUse(null, "another's")).isFalse();
        assertThat(owner.mayUse(null, "the browser's")).isTrue();
    }

    @Test
    void where_it_is_required_the_first_request_must_have_it() {
        Owner owner = new Owner(SessionOwner.REQUIRED, null, null, "mine");

        assertThat(owner.mayUse(null, null)).isFalse();
        assertThat(owner.mayUse(null, "mine")).isTrue();
    }

    @Test
    void R01_a_session_of_a_user_is_no_other_users() {
        Owner owner = new Owner(SessionOwner.WHEN_POSSIBLE, "alice", null, "mine");

        assertThat(owner.mayUse("bob", "mine")).isFalse();
        assertThat(owner.mayUse("alice", null)).isTrue();
        assertThat(owner.mayUse("bob", null)).isFalse();
        assertThat(owner.mayUse(null, null)).as("nobody").isFalse();
    }

    @Test
    void the_cookie_stands_for_the_login_where_browsers_cannot_send_it() {
        Owner owner = new Owner(SessionOwner.WHEN_POSSIBLE, "alice", "mine", null);

        assertThat(owner.mayUse(null, "mine")).isTrue();
        assertThat(owner.mayUse("bob", "mine")).isFalse();
    }

    @Test
    void a_refused_stranger_does_not_decide_for_the_client() {
        Owner owner = new Owner(SessionOwner.WHEN_POSSIBLE, "alice", null, "mine");

        assertThat(owner.mayUse(null, "thief's")).isFalse();
        assertThat(owner.mayUse("alice", "mine")).isTrue();
        assertThat(owner.mayUse("alice", null)).isFalse();
    }

    @Test
    void switched_off_everybody_may() {
        Owner owner = new Owner(SessionOwner.OFF, "alice", "mine", null);

        assertThat(owner.mayUse("bob", null)).isTrue();
    }
}
