package dev.toolpolicy;

import static dev.toolpolicy.PolicyText.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Decision.NeedsApproval;
import dev.toolpolicy.PolicyListener.Decided;
import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** Calls that spend, over counters that answer when they are told to, and what is left and heard of them. */
abstract class AsyncSpending {
    static final Identity ALICE = Identity.of("alice");

    static final Policy SPEND = policy("'default':'deny','tools':{'pay':{"
            + "'require_approval_if':[{'path':'args.amount','op':'gt','value':5}],"
            + "'limits':[{'counter':'spend','window':'hour','max':10,'scope':'grant','amount':'args.amount'}]}}");

    final TestClock clock = new TestClock("2026-01-01T12:00:00Z");
    final Bucket4jCounters inMemory = Bucket4jCounters.inMemory();
    final LaterCounters counters = new LaterCounters(inMemory).holding();
    final InMemoryApprovals people = InMemoryApprovals.builder().clock(clock).build();
    final List<Decided> heard = Collections.synchronizedList(new ArrayList<>());
    final ExecutorService hosts = Executors.newSingleThreadExecutor();
    /** Knows what is left, and decides by waiting. */
    final Evaluator sound = builder().counters(inMemory).build();

    @AfterEach
    void end() {
        hosts.shutdownNow();
        counters.close();
    }

    Evaluator.Builder builder() {
        return Evaluator.builder(SPEND).approvals(people).clock(clock);
    }

    Evaluator.Builder later() {
        return builder().counters(counters).listener(heard::add);
    }

    static ToolCall pay(Object amount) {
        return ToolCall.of(ALICE, "pay", Map.of("amount", amount));
    }

    String left() {
        return sound.explain(pay(0)).counted().get(0).left().toPlainString();
    }

    static void assertFailed(Decision decision) {
        assertThat(decision).isEqualTo(CompiledPolicy.CHECK_FAILED);
    }

    Throwable cause() {
        return heard.get(heard.size() - 1).cause().orElseThrow();
    }

    String approved() {
        String id = ((NeedsApproval) sound.evaluate(pay(6))).approvalId();
        people.approve(id, "carol");
        return id;
    }

    State state(String id) {
        return people.find(id).orElseThrow().state();
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
