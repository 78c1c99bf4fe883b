package dev.toolpolicy.examples.cluster.approvals;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A connection in the middle of a transaction, which has to be done in time: each statement gets what is left. */
final class Session {
    /** For the database to say that it gave up. After that, nothing more is expected of it. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private final Connection connection;
    private final long begun = System.nanoTime();
    private final Duration timeLimit;

    Session(Connection connection, Duration timeLimit) {
        this.connection = connection;
        this.timeLimit = timeLimit;
    }

    PreparedStatement prepare(String sql) throws SQLException {
        Duration left = limitNetwork();
        PreparedStatement statement = connection.prepareStatement(sql);
        // Whole seconds are all it knows; the network's limit is the exact one.
        statement.setQueryTimeout(Math.toIntExact(left.plusMillis(999).toSeconds()));
        return statement;
    }

    int isolation() throws SQLException {
        limitNetwork();
        return connection.getTransactionIsolation();
    }

    void commit() throws SQLException {
        limitNetwork();
        connection.commit();
    }

    private Duration limitNetwork() throws SQLException {
        Duration left = timeLimit.minusNanos(System.nanoTime() - begun);
        if (left.compareTo(Duration.ofNanos(TimeUnit.MILLISECONDS.toNanos(1))) < 0)
            throw new SQLTimeoutException("there was no time left");
        connection.setNetworkTimeout(
                Runnable::run, Math.toIntExact(left.plus(GRACE).toMillis()));
        return left;
    }
}
