package dev.toolpolicy.examples.cluster.approvals;

import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.examples.cluster.approvals.Bounds.Load;
import dev.toolpolicy.spi.Asker;
import dev.toolpolicy.spi.Question;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The table of questions within one transaction. What is locked here is seen as it is, and stays so until the transaction ends; the
 * database's clock is to be read after that, for a lock may have been waited for.
 */
final class Table {
    /**
     * In PostgreSQL's words, as {@code FETCH FIRST … FOR UPDATE} below: other databases have their own. It must not be the time
     * at which the transaction began.
     */
    private static final String NOW = "SELECT CAST(FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000) AS BIGINT)";

    private static final String COLUMNS = "id, question_key, namespace, grant_name, session_name, attributes, tool,"
            + " arguments, rules, state, asked, since, lapses, answered_by, answered_why, hold, hold_ends";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM toolpolicy_approval WHERE ";
    private static final String OPEN = "state IN ('PENDING', 'APPROVED', 'REJECTED')";
    private static final String CLOSED = "state IN ('USED', 'LAPSED')";
    /** As {@link Entry#isOver}, with the time given twice. */
    private static final String OVER = "(lapses <= ? OR 2 * since - lapses >= ?)";

    private final Session session;

    Table(Session session) {
        this.session = session;
    }

    void requireReadCommitted() throws SQLException {
        if (session.isolation() != Connection.TRANSACTION_READ_COMMITTED)
            throw new IllegalStateException("the connections for approvals must be READ COMMITTED");
    }

    Instant now() throws SQLException {
        try (PreparedStatement statement = session.prepare(NOW);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return Instant.ofEpochMilli(rows.getLong(1));
        }
    }

    /** From here to its end this transaction is the only one that asks. */
    void lockAsking() throws SQLException {
        try (PreparedStatement statement = session.prepare("SELECT turn FROM toolpolicy_asking FOR UPDATE");
                ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) throw new IllegalStateException("the row to lock is not there: run schema.sql");
        }
    }

    Optional<Entry> find(String id) throws SQLException {
        return one(SELECT + "id = ?", id);
    }

    Optional<Entry> lock(String id) throws SQLException {
        return one(SELECT + "id = ? FOR UPDATE", id);
    }

    /** What says something of this question, or did until its time was over. */
    Optional<Entry> findOpen(Question question) throws SQLException {
        return one(SELECT + "open_key = ?", question.key());
    }

    Optional<Entry> lockOpen(Question question) throws SQLException {
        return one(SELECT + "open_key = ? FOR UPDATE", question.key());
    }

    private Optional<Entry> one(String sql, String key) throws SQLException {
        try (PreparedStatement statement = session.prepare(sql)) {
            statement.setString(1, key);
            return read(statement).stream().findFirst();
        }
    }

    /** What waits for a person, the oldest first. */
    List<Entry> pending(Instant now) throws SQLException {
        try (PreparedStatement statement =
                session.prepare(SELECT + "state = 'PENDING' AND NOT " + OVER + " ORDER BY asked, id")) {
            setBoth(statement, 1, now);
            return read(statement);
        }
    }

    /** The first of those in a namespace whose time is over, locked. */
    List<Entry> lockOver(String namespace, Instant now, int most) throws SQLException {
        String sql = SELECT + "namespace = ? AND " + OPEN + " AND " + OVER
                + " AND (hold_ends IS NULL OR hold_ends <= ?) ORDER BY lapses, id FETCH FIRST ? ROWS ONLY FOR UPDATE";
        try (PreparedStatement statement = session.prepare(sql)) {
            statement.setString(1, namespace);
            setBoth(statement, 2, now);
            statement.setLong(4, now.toEpochMilli());
            statement.setInt(5, most);
            return read(statement);
        }
    }

    /** Removes the first of those that are over for so long. */
    void forget(Instant closedBefore, int most) throws SQLException {
        List<String> ids = new ArrayList<>();
        String sql = "SELECT id FROM toolpolicy_approval WHERE " + CLOSED
                + " AND since < ? ORDER BY since, id FETCH FIRST ? ROWS ONLY";
        try (PreparedStatement statement = session.prepare(sql)) {
            statement.setLong(1, closedBefore.toEpochMilli());
            statement.setInt(2, most);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) ids.add(rows.getString(1));
            }
        }
        if (ids.isEmpty()) return;
        try (PreparedStatement statement = session.prepare("DELETE FROM toolpolicy_approval WHERE id = ?")) {
            for (String id : ids) {
                statement.setString(1, id);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Whether this question can be asked beside those of its namespace that are not over. */
    boolean hasRoomFor(Question question, Bounds bounds, Instant now) throws SQLException {
        String waits = "state = 'PENDING'";
        String ours = "grant_name = ?";
        String sql = "SELECT " + sum(waits, "1") + sum(ours + " AND " + waits, "1") + sum(ours, "bytes")
                + "COALESCE(SUM(bytes), 0) FROM toolpolicy_approval WHERE namespace = ? AND " + OPEN + " AND NOT "
                + OVER;
        try (PreparedStatement statement = session.prepare(sql)) {
            statement.setString(1, question.asker().grant());
            statement.setString(2, question.asker().grant());
            statement.setString(3, question.namespace());
            setBoth(statement, 4, now);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                Load all = new Load(rows.getLong(1), rows.getLong(4));
                Load ofGrant = new Load(rows.getLong(2), rows.getLong(3));
                return bounds.haveRoom(all, ofGrant, QuestionText.bytes(question));
            }
        }
    }

    private static String sum(String condition, String what) {
        return "COALESCE(SUM(CASE WHEN " + condition + " THEN " + what + " ELSE 0 END), 0), ";
    }

    void insert(Entry entry) throws SQLException {
        String sql = "INSERT INTO toolpolicy_approval (" + COLUMNS + ", open_key, bytes) VALUES ("
                + "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        Question question = entry.written().question();
        try (PreparedStatement statement = session.prepare(sql)) {
            statement.setString(1, entry.id());
            statement.setString(2, question.key());
            statement.setString(3, question.namespace());
            statement.setString(4, question.asker().grant());
            statement.setString(5, question.asker().session().orElse(null));
            statement.setString(6, QuestionText.attributes(question));
            statement.setString(7, question.tool());
            statement.setString(8, question.argumentsJson());
            statement.setString(9, QuestionText.rules(question));
            statement.setString(10, entry.state().name());
            statement.setLong(11, entry.written().asked().toEpochMilli());
            statement.setLong(12, entry.since().toEpochMilli());
            statement.setLong(13, entry.lapses().toEpochMilli());
            statement.setString(14, entry.written().who());
            statement.setString(15, entry.written().why());
            setHold(statement, 16, entry);
            statement.setString(18, question.key());
            statement.setLong(19, QuestionText.bytes(question));
            requireOne(statement.executeUpdate());
        }
    }

    /** Writes how an entry stands that this transaction has locked. */
    void update(Entry entry) throws SQLException {
        String sql = "UPDATE toolpolicy_approval SET open_key = ?, state = ?, since = ?, lapses = ?, answered_by = ?,"
                + " answered_why = ?, hold = ?, hold_ends = ? WHERE id = ?";
        try (PreparedStatement statement = session.prepare(sql)) {
            statement.setString(1, entry.open() ? entry.written().question().key() : null);
            statement.setString(2, entry.state().name());
            statement.setLong(3, entry.since().toEpochMilli());
            statement.setLong(4, entry.lapses().toEpochMilli());
            statement.setString(5, entry.written().who());
            statement.setString(6, entry.written().why());
            setHold(statement, 7, entry);
            statement.setString(9, entry.id());
            requireOne(statement.executeUpdate());
        }
    }

    private static void setHold(PreparedStatement statement, int first, Entry entry) throws SQLException {
        Hold hold = entry.hold();
        statement.setString(first, hold == null ? null : hold.token());
        if (hold == null) statement.setNull(first + 1, Types.BIGINT);
        else statement.setLong(first + 1, hold.ends().toEpochMilli());
    }

    private static void setBoth(PreparedStatement statement, int first, Instant now) throws SQLException {
        statement.setLong(first, now.toEpochMilli());
        statement.setLong(first + 1, now.toEpochMilli());
    }

    private static void requireOne(int rows) {
        if (rows != 1) throw new IllegalStateException("one row was to be written, and " + rows + " were");
    }

    private static List<Entry> read(PreparedStatement statement) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) entries.add(entry(rows));
        }
        return entries;
    }

    private static Entry entry(ResultSet row) throws SQLException {
        AskedQuestion written = new AskedQuestion(
                row.getString("id"),
                question(row),
                instant(row, "asked"),
                instant(row, "lapses"),
                State.valueOf(row.getString("state")),
                row.getString("answered_by"),
                row.getString("answered_why"));
        String token = row.getString("hold");
        return new Entry(
                written, instant(row, "since"), token == null ? null : new Hold(token, instant(row, "hold_ends")));
    }

    private static Question question(ResultSet row) throws SQLException {
        Asker asker = new Asker(
                row.getString("grant_name"),
                Optional.ofNullable(row.getString("session_name")),
                QuestionText.attributes(row.getString("attributes")));
        return new Question(
                row.getString("question_key"),
                row.getString("namespace"),
                asker,
                row.getString("tool"),
                row.getString("arguments"),
                QuestionText.rules(row.getString("rules")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }
}
