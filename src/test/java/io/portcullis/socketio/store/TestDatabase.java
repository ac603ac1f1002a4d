package io.portcullis.socketio.store;

import io.portcullis.socketio.testing.PostgreSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Thread-safe. The databases on which everything is tested. */
enum TestDatabase {
    H2 {
        @Override
        DataSource create() {
            JdbcDataSource dataSource = new JdbcDataSource();
            dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=1000");
            return dataSource;
        }
    },
    POSTGRESQL {
        @Override
        DataSource create() {
            return PostgreSql.shared().newDatabase();
        }
    };

    /** Those on which this run tests: see {@link PostgreSql#isWanted}. */
    static Stream<TestDatabase> all() {
        return Stream.of(values())
                .filter(kind -> kind == POSTGRESQL ? PostgreSql.isWanted() : !PostgreSql.isWantedAlone());
    }

    /** An empty one. */
    abstract DataSource create();

    /** What one node has: the schema is brought up to date. */
    static Database open(DataSource dataSource) {
        Database database = new Database();
        database.open(dataSource);
        return database;
    }

    /** Changes something behind the back of the store, and returns how many rows that were. */
    static int change(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
