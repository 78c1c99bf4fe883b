package dev.toolpolicy.examples.cluster.approvals;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Where transactions are done, each in time and whole, or not at all. */
final class Database {
    private final DataSource connections;
    private final Duration timeLimit;

    Database(DataSource connections, Duration timeLimit) {
        this.connections = connections;
        this.timeLimit = timeLimit;
    }

    /** What is done in a transaction. What it throws undoes all of it. */
    @FunctionalInterface
    interface Work<T> {
        T on(Table table) throws SQLException;
    }

    /**
     * Throws unless a transaction of these connections sees what others have committed when it gets their lock, and the tables
     * are there.
     */
    void requireUsable() {
        transaction(table -> {
            table.requireReadCommitted();
            table.lockAsking();
            return table.now();
        });
    }

    /**
     * Does it, and commits it.
     *
     * @throws IllegalStateException if it is not known to be committed
     */
    <T> T transaction(Work<T> work) {
        try (Connection connection = connections.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            int networkTimeout = connection.getNetworkTimeout();
            boolean committed = false;
            try {
                connection.setAutoCommit(false);
                Session session = new Session(connection, timeLimit);
                T result = work.on(new Table(session));
                session.commit();
                committed = true;
                return result;
            } finally {
                end(connection, committed, autoCommit, networkTimeout);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** As it came, or broken for good: the next who gets it must not be in the middle of this. */
    private static void end(Connection connection, boolean committed, boolean autoCommit, int networkTimeout)
            throws SQLException {
        try {
            if (!committed) connection.rollback();
            connection.setAutoCommit(autoCommit);
            connection.setNetworkTimeout(Runnable::run, networkTimeout);
        } catch (SQLException e) {
            connection.abort(Runnable::run);
        }
    }

    private static IllegalStateException failed(SQLException cause) {
        return new IllegalStateException("the database of approvals failed: " + cause.getMessage(), cause);
    }
}
