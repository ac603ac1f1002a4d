package io.portcullis.socketio.store;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.UUID;
import java.util.function.Function;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. The way to the database: finds the data source, brings the schema up to date, and runs the repositories'
 * transactions. These are the database's own and never the application's: what is written stays when a handler's
 * transaction is rolled back.
 */
@ApplicationScoped
public class Database {

    private static final String UNIT = "portcullis";
    private static final String DECLARATION = "META-INF/portcullis-persistence.xml";

    private volatile @Nullable EntityManagerFactory factory;

    /** For the container. */
    public Database() {}

    /**
     * Called once at start. Waits for the database, and for another node that migrates it.
     *
     * @param jndiName of the data source
     * @throws StoreException whose message completes "the data source is x, but …" and says what to do
     */
    @SuppressWarnings("BanJNDI") // from the operator's configuration, which cannot name anything remote
    public void open(String jndiName) {
        try {
            open((DataSource) InitialContext.doLookup(jndiName));
        } catch (NamingException | ClassCastException e) {
            throw new StoreException(
                    "there is no data source of that name; define it in the server's configuration, or name another one",
                    e);
        }
    }

    void open(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            connection.getMetaData();
        } catch (SQLException e) {
            throw new StoreException(
                    "its database cannot be reached (" + firstLine(cause(e))
                            + "); start it, or name another data source",
                    e);
        }
        migrate(dataSource);
        factory = connect(dataSource);
    }

    private static EntityManagerFactory connect(DataSource dataSource) {
        Map<String, Object> properties = Map.of(
                "eclipselink.persistencexml",
                DECLARATION,
                "jakarta.persistence.nonJtaDataSource",
                dataSource,
                // a session of its own: EclipseLink shares those of one name
                "eclipselink.session-name",
                UNIT + "-" + UUID.randomUUID());
        // not by class Persistence, which asks every provider that the server has
        EntityManagerFactory opened = new PersistenceProvider().createEntityManagerFactory(UNIT, properties);
        try {
            opened.createEntityManager().close(); // looks at the database now, and not for the first caller
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw new StoreException("its database cannot be used (" + firstLine(e) + "); name another data source", e);
        }
    }

    private static void migrate(DataSource dataSource) {
        Flyway flyway = Flyway.configure(Database.class.getClassLoader())
                .dataSource(dataSource)
                .resourceProvider(new Migrations())
                .javaMigrationClassProvider(List::of)
                .skipDefaultCallbacks(true) // there are none to be searched for
                .table("portcullis_schema_history") // an application's own Flyway has another one
                .baselineOnMigrate(true) // other tables may be there
                .baselineVersion("0")
                .load();
        try {
            MigrationLock.hold(dataSource, flyway::migrate);
        } catch (FlywayException | SQLException e) {
            throw new StoreException(
                    "its schema cannot be brought up to date (" + firstLine(e)
                            + "); its user must be allowed to create tables",
                    e);
        }
    }

    /** The innermost one that comes from the database: a server's pool wraps it in words of its own. */
    private static Exception cause(SQLException outer) {
        Exception found = outer;
        Throwable cause = outer.getCause();
        while (cause != null) {
            found = cause instanceof SQLException inner ? inner : found;
            cause = cause.getCause();
        }
        return found;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
    }

    /** Runs one transaction, on the calling thread. It must have no other transaction: the repositories see to that. */
    <T extends @Nullable Object> T call(Function<EntityManager, T> work) {
        EntityManagerFactory open = factory;
        if (open == null) {
            throw new StoreException("The store is not open.");
        }
        try (EntityManager entities = open.createEntityManager()) {
            entities.getTransaction().begin();
            try {
                T result = work.apply(entities);
                entities.getTransaction().commit();
                return result;
            } finally {
                if (entities.getTransaction().isActive()) {
                    entities.getTransaction().rollback();
                }
            }
        } catch (RuntimeException e) { // the provider throws some of its own besides the standard ones
            throw new StoreException("The database did not do it: " + firstLine(e), e);
        }
    }

    /** Called at the end. */
    @PreDestroy
    public void close() {
        EntityManagerFactory open = factory;
        factory = null;
        if (open != null) {
            open.close();
        }
        ResourceBundle.clearCache(); // of EclipseLink's; the application could not go before memory runs short
    }
}
