package io.portcullis.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.AllowedOrigins;
import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.SocketClient;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Version;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application's own persistence unit in handlers, beside the store of the server. */
@Timeout(60)
@ExtendWith(ArquillianExtension.class)
public class JpaInsideIT {

    private static final String UNIT =
            """
            <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
              <persistence-unit name="accounts">
                <jta-data-source>java:comp/DefaultDataSource</jta-data-source>
                <class>io.portcullis.inside.JpaInsideIT$Account</class>
                <exclude-unlisted-classes>true</exclude-unlisted-classes>
                <properties>
                  <property name="jakarta.persistence.schema-generation.database.action" value="drop-and-create"/>
                </properties>
              </persistence-unit>
            </persistence>
            """;

    private static final String INTERNAL = "{\"error\":{\"code\":\"internal\"}}";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    Books books;

    @Inject
    AllowedOrigins origins;

    @Deployment
    public static WebArchive war() {
        return Inside.war(JpaInsideIT.class).addAsResource(new StringAsset(UNIT), "META-INF/persistence.xml");
    }

    private static JsonValue ask(SocketClient client, String event, String name) {
        return client.ask("/accounts", "[\"" + event + "\",\"" + name + "\"]").get(0);
    }

    @Test
    void a_handler_that_returns_keeps_what_it_wrote_and_one_that_throws_does_not() {
        try (SocketClient client = Inside.join(Via.WEBSOCKET, "/accounts")) {
            assertThat(ask(client, "open", "kept")).hasToString("0");
            assertThat(ask(client, "open-and-fail", "lost")).hasToString(INTERNAL);
            assertThat(ask(client, "open", "kept")).hasToString(INTERNAL); // it is there already
            assertThat(ask(client, "pay", "kept")).hasToString("1");
        }

        assertThat(books.balance("kept")).isEqualTo(1);
        assertThat(books.balance("lost")).isNull();
    }

    @Test
    void each_event_has_a_persistence_context_of_its_own_and_the_slower_of_two_writers_is_told() throws Exception {
        try (SocketClient one = Inside.join(Via.WEBSOCKET, "/accounts");
                SocketClient two = Inside.join(Via.POLLING, "/accounts")) {
            ask(one, "open", "shared");
            one.send("2/accounts,1[\"pay-together\",\"shared\"]");
            two.send("2/accounts,1[\"pay-together\",\"shared\"]");

            assertThat(List.of(one.text(), two.text()))
                    .containsExactlyInAnyOrder("3/accounts,1[1]", "3/accounts,1[" + INTERNAL + "]");
            assertThat(ask(one, "pay", "shared")).hasToString("2");
        }
    }

    @Test
    void what_the_server_stores_stays_when_the_handler_rolls_back() {
        try (SocketClient client = Inside.join(Via.WEBSOCKET, "/accounts")) {
            assertThat(ask(client, "allow-and-fail", "https://rolled-back.example"))
                    .hasToString(INTERNAL);
        }

        assertThat(books.balance("https://rolled-back.example")).isNull();
        assertThat(origins.list())
                .anySatisfy(each -> assertThat(each.origin()).isEqualTo("https://rolled-back.example"));
    }

    @Test
    void the_audit_trail_is_in_the_applications_own_database() {
        SocketClient client = Inside.open(Via.WEBSOCKET);
        String id = client.enter("/accounts");
        client.close();

        Stream.of("connected", "disconnected")
                .forEach(type ->
                        await(type).pollInSameThread().atMost(PATIENCE).until(() -> books.audited(type, id) == 1));
    }

    /** Thread-safe. The application. */
    @Namespace("/accounts")
    public static class Accounts {

        private static final CyclicBarrier BOTH_HAVE_READ = new CyclicBarrier(2);

        @PersistenceContext
        EntityManager entities;

        @Inject
        AllowedOrigins origins;

        @OnEvent("open")
        @Transactional
        public int open(String name) {
            entities.persist(new Account(name));
            entities.flush();
            return entities.find(Account.class, name).balance();
        }

        @OnEvent("open-and-fail")
        @Transactional
        public int openAndFail(String name) {
            throw new IllegalStateException("after " + open(name));
        }

        @OnEvent("allow-and-fail")
        @Transactional
        public int allowAndFail(String origin) {
            origins.add("default", origin, "test");
            return openAndFail(origin);
        }

        @OnEvent("pay")
        @Transactional
        public int pay(String name) {
            return entities.find(Account.class, name).pay();
        }

        @OnEvent("pay-together")
        @Transactional
        public int payTogether(String name) throws InterruptedException, BrokenBarrierException, TimeoutException {
            Account account = entities.find(Account.class, name);
            BOTH_HAVE_READ.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return account.pay();
        }
    }

    /** Thread-safe. What is in the database, seen from outside of any handler. */
    @ApplicationScoped
    public static class Books {

        @PersistenceContext
        EntityManager entities;

        @Resource(lookup = "java:comp/DefaultDataSource")
        DataSource database;

        /** Null if there is no such account. */
        public Integer balance(String name) {
            Account account = entities.find(Account.class, name);
            return account == null ? null : account.balance();
        }

        /** How many entries of the audit trail there are. */
        public int audited(String type, String socketId) throws SQLException {
            try (var connection = database.getConnection();
                    var query = connection.prepareStatement(
                            "select count(*) from portcullis_audit where type = ? and socket_id = ?")) {
                query.setString(1, type);
                query.setString(2, socketId);
                try (var rows = query.executeQuery()) {
                    rows.next();
                    return rows.getInt(1);
                }
            }
        }
    }

    /** Confined to its persistence context. */
    @Entity(name = "Account")
    public static class Account {

        @Id
        private String name;

        private int balance;

        @Version
        private int version;

        protected Account() {}

        Account(String name) {
            this.name = name;
        }

        int pay() {
            return ++balance;
        }

        int balance() {
            return balance;
        }
    }
}
