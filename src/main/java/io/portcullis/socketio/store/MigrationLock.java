package io.portcullis.socketio.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Pure functions. One at a time brings the schema up to date, of all nodes and all applications on one database. Flyway's own
 * lock is not enough for the first time: on H2 it is on the rows of a table that has none yet, on PostgreSQL it comes after
 * the look whether the schema is empty.
 */
final class MigrationLock {

    private static final int TRIES = 60;
    private static final int SECONDS = 60;

    private MigrationLock() {}

    static void hold(DataSource dataSource, Runnable migration) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            // another node may do the same at this moment, and one of the two fails
            attempt(statement, "create table if not exists portcullis_lock (id integer not null primary key)");
            attempt(statement, "insert into portcullis_lock (id) values (1)");
            connection.setAutoCommit(false);
            try {
                lock(statement);
                migration.run();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static void attempt(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException expected) {
            // what matters is found out by the one who locks
        }
    }

    /** PostgreSQL waits as long as it is told, H2 as long as its URL says, which may be short. */
    private static void lock(Statement statement) throws SQLException {
        statement.setQueryTimeout(SECONDS);
        SQLException failure = null;
        long deadline = System.nanoTime() + SECONDS * 1_000_000_000L;
        for (int i = 0; i < TRIES && System.nanoTime() < deadline; i++) {
            try (var row = statement.executeQuery("select id from portcullis_lock where id = 1 for update")) {
                if (row.next()) {
                    return;
                }
            } catch (SQLException e) {
                failure = e;
                statement.getConnection().rollback();
            }
        }
        throw failure == null ? new SQLException("The row of portcullis_lock is missing.") : failure;
    }
}
