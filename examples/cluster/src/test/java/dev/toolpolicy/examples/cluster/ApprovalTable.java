package dev.toolpolicy.examples.cluster;

import com.zaxxer.hikari.HikariDataSource;
import dev.toolpolicy.examples.cluster.approvals.SqlApprovals;
import dev.toolpolicy.spi.Asker;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Question.Asking;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of approvals in a test's database, and questions for it. */
final class ApprovalTable {
    private ApprovalTable() {}

    static void create(HikariDataSource pool) throws IOException, SQLException {
        try (InputStream schema = SqlApprovals.class.getResourceAsStream("schema.sql")) {
            Postgres.execute(pool, new String(schema.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static void empty(HikariDataSource pool) throws SQLException {
        Postgres.execute(pool, "DELETE FROM toolpolicy_approval");
    }

    /** Lets so much time pass for all that is written: who looks by the database's clock cannot tell the difference. */
    static void age(HikariDataSource pool, Duration by) throws SQLException {
        Postgres.execute(
                pool,
                "UPDATE toolpolicy_approval SET asked = asked - %1$d, since = since - %1$d, lapses = lapses - %1$d,"
                                .formatted(by.toMillis())
                        + " hold_ends = hold_ends - %d".formatted(by.toMillis()));
    }

    /** A question; the text is the arguments, and with the grant it tells them apart. */
    static Question question(String grant, String text) {
        return question("prod", grant, text);
    }

    static Question question(String namespace, String grant, String text) {
        Asker asker = new Asker(grant, Optional.of("s-1"), Map.of("tenant", "acme", "scopes", List.of("a", "b")));
        return new Question(
                namespace + "/" + grant + "/" + text.hashCode() + "/" + text.length(),
                namespace,
                asker,
                "pay",
                "{\"note\":\"" + text + "\"}",
                List.of(new Asking("/r", "over 5\u0000 \ud83d\ude00")));
    }
}
