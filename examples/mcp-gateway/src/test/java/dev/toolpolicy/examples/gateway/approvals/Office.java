package dev.toolpolicy.examples.gateway.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.approval.ApprovalDesk;
import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.document.PolicyParser;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** A gateway's policy, desk and page, as they are wired in earnest; the clock is turned by hand. */
final class Office implements AutoCloseable {
    static final Identity ALICE = Identity.of("alice-laptop").withSession("s-1").with("tenant", "acme");

    final String token = ApprovalToken.fresh();
    final ApprovalDesk desk;
    final ApprovalsPage page;

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    /** A clock of its own, so that a session can end before a question lapses. */
    private final AtomicReference<Instant> nowOfPage = new AtomicReference<>(NOON);

    private final Vertx vertx = Vertx.vertx();
    private final Evaluator evaluator;

    private Office(String policy, UnaryOperator<InMemoryApprovals.Builder> options, String approver) {
        desk = options.apply(InMemoryApprovals.builder().clock(now::get)).build();
        evaluator = Evaluator.builder(PolicyParser.standard().parse(policy).orThrow())
                .approvals(desk)
                .clock(now::get)
                .build();
        page = ApprovalsPage.open(vertx, desk, "127.0.0.1", 0, token, approver, nowOfPage::get, ZoneOffset.UTC);
    }

    /** Every call asks a person, for this reason. */
    static Office asking(String reason) {
        return new Office(policy(reason), options -> options, "carol");
    }

    static Office with(UnaryOperator<InMemoryApprovals.Builder> options, String approver) {
        return new Office(policy("a person looks at this"), options, approver);
    }

    private static String policy(String reason) {
        return new JsonObject()
                .put("version", "1")
                .put("default", "deny")
                .put(
                        "tools",
                        new JsonObject()
                                .put(
                                        "*",
                                        new JsonObject()
                                                .put("action", "require_approval")
                                                .put("reason", reason)))
                .encode();
    }

    /** An agent makes this call; the answer is the question's id. */
    String asks(Identity who, String tool, String argumentsJson) {
        Decision decision = decide(who, tool, argumentsJson);
        assertThat(decision).isInstanceOf(Decision.NeedsApproval.class);
        return ((Decision.NeedsApproval) decision).approvalId();
    }

    String asks(String tool, String argumentsJson) {
        return asks(ALICE, tool, argumentsJson);
    }

    Decision decide(Identity who, String tool, String argumentsJson) {
        return evaluator.evaluate(ToolCall.parse(who, tool, argumentsJson));
    }

    AskedQuestion.State stateOf(String id) {
        return desk.find(id).orElseThrow().state();
    }

    void later(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    void laterForThePage(Duration time) {
        nowOfPage.updateAndGet(instant -> instant.plus(time));
    }

    int port() {
        return page.address().getPort();
    }

    @Override
    public void close() {
        page.close();
        evaluator.close();
        desk.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
