package io.portcullis.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.OnConnect;
import io.portcullis.socketio.OnDisconnect;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.SocketClient;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The transactions of handlers: what they end with, and that they end. */
@Timeout(60)
@ExtendWith(ArquillianExtension.class)
public class TransactionsInsideIT {

    private static final String INTERNAL = "{\"error\":{\"code\":\"internal\"}}";
    private static final String NONE = String.valueOf(Status.STATUS_NO_TRANSACTION);
    private static final String ACTIVE = String.valueOf(Status.STATUS_ACTIVE);
    private static final String MARKED = String.valueOf(Status.STATUS_MARKED_ROLLBACK);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SOCKETS = 8;
    private static final int MOST_ROUNDS = 100;

    @Inject
    Tally tally;

    @Inject
    Threads threads;

    @Deployment
    public static WebArchive war() {
        return Inside.war(TransactionsInsideIT.class);
    }

    private static JsonValue ask(SocketClient client, String event, String name) {
        return client.ask("/bank", "[\"" + event + "\",\"" + name + "\"]").get(0);
    }

    /** Threads are reused: what one event left behind would be seen by a later one on the same thread. */
    @AfterEach
    void no_transaction_is_left_on_any_thread_that_had_one() {
        List<SocketClient> clients = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            clients.add(Inside.join(Via.WEBSOCKET, "/bank"));
        }
        for (int round = 0; round < MOST_ROUNDS && !threads.allSeen(); round++) {
            for (SocketClient client : clients) {
                assertThat(ask(client, "look", "")).hasToString(NONE);
            }
        }
        clients.forEach(SocketClient::close);
        assertThat(threads.seen())
                .as("threads that had a transaction and were seen again")
                .isPositive();
    }

    @Test
    void a_handler_that_returns_commits_and_observers_are_told_after_that() {
        try (SocketClient client = Inside.join(Via.WEBSOCKET, "/bank")) {
            assertThat(ask(client, "pay", "a")).hasToString(ACTIVE);
        }

        assertThat(tally.of("a ended with " + Status.STATUS_COMMITTED)).isEqualTo(1);
        assertThat(tally.of("a before completion")).isEqualTo(1);
        assertThat(tally.of("a after success")).isEqualTo(1);
        assertThat(tally.of("a after failure")).isZero();
    }

    @Test
    void a_handler_that_throws_rolls_back_and_its_client_learns_no_more_than_that_it_failed() {
        try (SocketClient client = Inside.join(Via.POLLING, "/bank")) {
            assertThat(ask(client, "pay-and-fail", "b")).hasToString(INTERNAL);
        }

        assertThat(tally.of("b ended with " + Status.STATUS_ROLLEDBACK)).isEqualTo(1);
        assertThat(tally.of("b after success")).isZero();
        assertThat(tally.of("b after failure")).isEqualTo(1);
    }

    @Test
    void a_handler_may_roll_back_and_still_answer() {
        try (SocketClient client = Inside.join(Via.WEBSOCKET, "/bank")) {
            assertThat(ask(client, "pay-and-regret", "c")).hasToString(MARKED);
        }

        assertThat(tally.of("c ended with " + Status.STATUS_ROLLEDBACK)).isEqualTo(1);
        assertThat(tally.of("c after failure")).isEqualTo(1);
    }

    @Test
    void a_handler_may_begin_and_commit_by_itself() {
        try (SocketClient client = Inside.join(Via.WEBSOCKET, "/bank")) {
            assertThat(ask(client, "pay-by-hand", "d").asJsonArray())
                    .extracting(Object::toString)
                    .containsExactly(NONE, ACTIVE, NONE);
        }

        assertThat(tally.of("d ended with " + Status.STATUS_COMMITTED)).isEqualTo(1);
        assertThat(tally.of("d after success")).isEqualTo(1);
    }

    @Test
    void the_handlers_of_connection_and_disconnection_have_transactions_too() {
        int connected = tally.of("connect ended with " + Status.STATUS_COMMITTED);
        int disconnected = tally.of("disconnect ended with " + Status.STATUS_COMMITTED);

        Inside.join(Via.WEBSOCKET, "/bank").close();

        assertThat(tally.of("connect ended with " + Status.STATUS_COMMITTED)).isEqualTo(connected + 1);
        await().atMost(PATIENCE)
                .until(() -> tally.of("disconnect ended with " + Status.STATUS_COMMITTED) > disconnected);
    }

    /** Thread-safe. The application. */
    @Namespace("/bank")
    public static class Bank {

        @Resource
        TransactionSynchronizationRegistry transactions;

        @Inject
        UserTransaction transaction;

        @Inject
        Event<Payment> payments;

        @Inject
        Tally tally;

        @Inject
        Threads threads;

        @OnConnect
        @Transactional
        public void connected() {
            begin("connect");
        }

        @OnDisconnect
        @Transactional
        public void disconnected() {
            begin("disconnect");
        }

        @OnEvent("pay")
        @Transactional
        public int pay(String name) {
            return begin(name);
        }

        @OnEvent("pay-and-fail")
        @Transactional
        public int payAndFail(String name) {
            throw new IllegalStateException("after " + begin(name));
        }

        @OnEvent("pay-and-regret")
        @Transactional
        public int payAndRegret(String name) {
            begin(name);
            transactions.setRollbackOnly();
            return transactions.getTransactionStatus();
        }

        @OnEvent("pay-by-hand")
        public int[] payByHand(String name) throws Exception {
            int before = transaction.getStatus();
            transaction.begin();
            int within = begin(name);
            transaction.commit();
            return new int[] {before, within, transaction.getStatus()};
        }

        @OnEvent("look")
        public int look(String nothing) {
            threads.look();
            return transactions.getTransactionStatus();
        }

        private int begin(String name) {
            threads.used();
            payments.fire(new Payment(name));
            transactions.registerInterposedSynchronization(new Ending(name, tally));
            return transactions.getTransactionStatus();
        }
    }

    public record Payment(String name) {}

    /** Immutable. Notes how a transaction ended. */
    private record Ending(String name, Tally tally) implements Synchronization {

        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            tally.add(name + " ended with " + status, 1);
        }
    }

    /** Thread-safe. Is told of payments in all phases of their transactions. */
    @ApplicationScoped
    public static class Observer {

        @Inject
        Tally tally;

        void before(@Observes(during = TransactionPhase.BEFORE_COMPLETION) Payment payment) {
            tally.add(payment.name + " before completion", 1);
        }

        void success(@Observes(during = TransactionPhase.AFTER_SUCCESS) Payment payment) {
            tally.add(payment.name + " after success", 1);
        }

        void failure(@Observes(during = TransactionPhase.AFTER_FAILURE) Payment payment) {
            tally.add(payment.name + " after failure", 1);
        }
    }

    /** Thread-safe. Which threads had a transaction, and whether they were looked at since then. */
    @ApplicationScoped
    public static class Threads {

        private final Map<Thread, Boolean> all = new ConcurrentHashMap<>();
        private final AtomicInteger seen = new AtomicInteger();

        public void used() {
            all.put(Thread.currentThread(), false);
        }

        public void look() {
            if (all.replace(Thread.currentThread(), false, true)) {
                seen.incrementAndGet();
            }
        }

        public boolean allSeen() {
            return !all.containsValue(false);
        }

        public int seen() {
            return seen.get();
        }
    }
}
