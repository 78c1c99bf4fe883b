package dev.toolpolicy.examples.mcpserver;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.h2.jdbcx.JdbcConnectionPool;

/** Notes and charges, in an embedded database. Safe for any number of threads. */
final class Store implements AutoCloseable {
    private static final String TABLES = """
            CREATE TABLE IF NOT EXISTS note (title VARCHAR(100) PRIMARY KEY, text VARCHAR(10000) NOT NULL, author VARCHAR(256) NOT NULL);
            CREATE TABLE IF NOT EXISTS charge (
                id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer VARCHAR(100) NOT NULL,
                amount DECIMAL(12, 2) NOT NULL, currency VARCHAR(3) NOT NULL, refunded BOOLEAN DEFAULT FALSE NOT NULL);
            """;

    private final JdbcConnectionPool pool;

    private Store(String url) throws SQLException {
        pool = JdbcConnectionPool.create(url, "", "");
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
    }

    /** What is kept under this JDBC URL. */
    static Store at(String url) throws SQLException {
        return new Store(url);
    }

    List<String> titles() throws SQLException {
        return read("SELECT title FROM note ORDER BY title", row -> row.getString(1));
    }

    Optional<String> note(String title) throws SQLException {
        return read("SELECT text FROM note WHERE title = ?", row -> row.getString(1), title).stream()
                .findFirst();
    }

    void write(String title, String text, String author) throws SQLException {
        change("MERGE INTO note (title, text, author) KEY (title) VALUES (?, ?, ?)", title, text, author);
    }

    boolean delete(String title) throws SQLException {
        return change("DELETE FROM note WHERE title = ?", title) == 1;
    }

    List<String> charges() throws SQLException {
        return read(
                "SELECT id, customer, amount, currency, refunded FROM charge ORDER BY id",
                row -> row.getLong(1) + ": " + row.getBigDecimal(3) + " " + row.getString(4) + " from "
                        + row.getString(2) + (row.getBoolean(5) ? ", refunded" : ""));
    }

    /** The new charge's number. */
    long charge(String customer, BigDecimal amount, String currency) throws SQLException {
        return read(
                        "SELECT id FROM FINAL TABLE (INSERT INTO charge (customer, amount, currency) VALUES (?, ?, ?))",
                        row -> row.getLong(1),
                        customer,
                        amount,
                        currency)
                .get(0);
    }

    boolean refund(long charge) throws SQLException {
        return change("UPDATE charge SET refunded = TRUE WHERE id = ? AND NOT refunded", charge) == 1;
    }

    private <T> List<T> read(String sql, Row<T> row, Object... values) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = prepared(connection, sql, values);
                ResultSet found = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (found.next()) rows.add(row.of(found));
            return rows;
        }
    }

    private int change(String sql, Object... values) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
        return statement;
    }

    @Override
    public void close() {
        pool.dispose();
    }

    @FunctionalInterface
    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }
}
