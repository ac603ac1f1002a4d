package io.portcullis.socketio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SendCreditTest {

    private static final int HALF = 8 * 1024;

    private final SendCredit credit = new SendCredit();

    @Test
    void a_client_that_proves_nothing_gets_no_more_than_its_credit() {
        assertThat(credit.covers(2 * HALF)).isTrue();
        assertThat(credit.covers(2 * HALF + 1)).isFalse();

        credit.add(2 * HALF);

        assertThat(credit.covers(1)).isFalse();
    }

    @Test
    void the_right_answer_to_a_ping_proves_what_was_sent_before_it() {
        credit.add(HALF);
        assertThat(credit.needsProof()).isTrue();
        credit.asked(new byte[] {1, 2, 3});
        assertThat(credit.needsProof()).isFalse();
        credit.add(HALF);

        credit.answered(new byte[] {1, 2, 3});

        assertThat(credit.covers(HALF)).isTrue();
        assertThat(credit.covers(HALF + 1)).isFalse();
        assertThat(credit.needsProof()).isTrue();
    }

    @Test
    void an_answer_that_was_guessed_or_not_asked_for_proves_nothing() {
        credit.add(2 * HALF);
        credit.answered(new byte[0]);
        credit.asked(new byte[] {1, 2, 3});
        credit.answered(new byte[] {1, 2, 4});
        credit.answered(new byte[0]);

        assertThat(credit.covers(1)).isFalse();
        credit.answered(new byte[] {1, 2, 3});
        assertThat(credit.covers(1)).isTrue();
        credit.answered(new byte[] {1, 2, 3});
    }
}
