package io.portcullis.socketio.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** The store is looked at every few turns, whatever becomes of a look. */
class LookoutTest {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Lookout lookout = new Lookout(this::execute, this::look);
    private int looks;
    private boolean away;
    private boolean busy;

    private void execute(Runnable task) {
        if (busy) {
            throw new RejectedExecutionException("all are busy");
        }
        tasks.add(task);
    }

    private void look() {
        looks++;
        if (away) {
            throw new IllegalStateException("away");
        }
    }

    private void turn(int times) {
        for (int i = 0; i < times; i++) {
            lookout.turn();
        }
    }

    private void run() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void looks_every_third_turn_and_one_at_a_time() {
        for (int i = 0; i < 9; i++) {
            turn(1);
            run();
        }
        assertThat(looks).isEqualTo(3);

        turn(10);

        assertThat(tasks).hasSize(1);
    }

    @Test
    void a_look_that_the_executor_has_lost_is_tried_again_and_meanwhile_nothing_is_fresh() {
        turn(3);
        tasks.clear();

        turn(Lookout.FRESH_TURNS);
        assertThat(lookout.isFresh()).isFalse();
        turn(Lookout.TURNS_OF_A_LOST_ONE);
        run();

        assertThat(looks).isEqualTo(1);
        assertThat(lookout.isFresh()).isTrue();
    }

    @Test
    void an_executor_that_is_busy_is_asked_at_the_next_turn() {
        busy = true;
        turn(3);
        busy = false;

        turn(1);
        run();

        assertThat(looks).isEqualTo(1);
    }

    @Test
    void a_store_that_is_away_is_known_at_once_and_so_is_its_return() {
        assertThat(lookout.isFresh()).isTrue();
        away = true;
        turn(3);
        run();
        assertThat(lookout.isFresh()).isFalse();

        away = false;
        turn(3);
        run();

        assertThat(lookout.isFresh()).isTrue();
    }
}
