package dev.toolpolicy.examples.cluster;

import static dev.toolpolicy.examples.cluster.ApprovalTable.question;

import com.zaxxer.hikari.HikariDataSource;
import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.examples.cluster.approvals.SqlApprovals;
import dev.toolpolicy.spi.ApprovalEvent;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Standing.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Two that share the approvals of one table, as two processes would, and what each of them heard. */
abstract class OnApprovalTable {
    static final Question PAY = question("alice", "5");
    static final Duration LIFE = Duration.ofMinutes(30);

    static Postgres postgres;
    static HikariDataSource pool;

    final List<ApprovalEvent> heardHere = new ArrayList<>();
    final List<ApprovalEvent> heardThere = new ArrayList<>();
    SqlApprovals here;
    SqlApprovals there;

    @BeforeAll
    static void start() throws Exception {
        postgres = Postgres.start();
        pool = Postgres.pool(postgres.port(), 4);
        ApprovalTable.create(pool);
    }

    @AfterAll
    static void stop() throws Exception {
        pool.close();
        postgres.close();
    }

    @BeforeEach
    void empty() throws Exception {
        ApprovalTable.empty(pool);
        here = SqlApprovals.over(pool).listener(heardHere::add).build();
        there = SqlApprovals.over(pool).listener(heardThere::add).build();
    }

    static SqlApprovals with(UnaryOperator<SqlApprovals.Builder> options) {
        return options.apply(SqlApprovals.over(pool)).build();
    }

    static void age(Duration by) throws Exception {
        ApprovalTable.age(pool, by);
    }

    static String ask(SqlApprovals approvals, Question question) {
        return ((Waiting) approvals.ask(question)).id();
    }

    static State state(SqlApprovals approvals, String id) {
        return approvals.find(id).orElseThrow().state();
    }
}
