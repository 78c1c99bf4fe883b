package dev.toolpolicy;

import static dev.toolpolicy.PolicyText.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Decision.NeedsApproval;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import java.util.Map;

/** Payments over 5 that a person is asked about, and who answers. */
abstract class Asking {
    static final Identity ALICE = Identity.of("alice").with("tenant", "acme");
    static final String RULE = "{'path':'args.amount','op':'gt','value':5,'reason':'over 5'}";
    static final Policy PAY = policy("'default':'deny','tools':{'pay':{'require_approval_if':[" + RULE + "]}}");
    static final Policy SPEND = policy("'default':'deny','tools':{'pay':{'require_approval_if':[" + RULE
            + "],'limits':[{'counter':'spend','window':'hour','max':10,'scope':'grant','amount':'args.amount'}]}}");

    final TestClock clock = new TestClock("2026-01-01T12:00:00Z");
    final InMemoryApprovals people = InMemoryApprovals.builder().clock(clock).build();
    final Bucket4jCounters counters = Bucket4jCounters.inMemory();

    Evaluator.Builder builder(PolicySource source) {
        return Evaluator.builder(source).counters(counters).approvals(people).clock(clock);
    }

    Evaluator evaluator(Policy policy) {
        return builder(PolicySource.of(policy)).build();
    }

    static ToolCall pay(Object amount) {
        return ToolCall.of(ALICE, "pay", Map.of("amount", amount));
    }

    static String asked(Decision decision) {
        return ((NeedsApproval) decision).approvalId();
    }

    static void assertDenied(Decision decision, Reason.Code code) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Deny.class, deny -> assertThat(deny.reason().code()).isEqualTo(code));
    }
}
