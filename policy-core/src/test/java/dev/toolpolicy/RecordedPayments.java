package dev.toolpolicy;

import static dev.toolpolicy.PolicyText.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditRecord.Decided;
import dev.toolpolicy.spi.AuditSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Payments under a policy with a bit of everything, on a clock that is turned, and the log that is kept of them. */
abstract class RecordedPayments {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final Identity ALICE = Identity.of("alice").withSession("s-1");
    static final Policy PAY = policy(
            "'default':'deny','hide':['secret_tool'],'tools':{'pay':{"
                    + "'deny_if':[{'path':'args.amount','op':'gt','value':100,'on_deny':'too much'}],"
                    + "'require_approval_if':[{'path':'args.amount','op':'gt','value':5}],"
                    + "'limits':[{'id':'spend-limit','counter':'spend','window':'hour','max':10,'scope':'grant','amount':'args.amount'}]}}");

    final TestClock clock = new TestClock(NOON.toString());
    final InMemoryApprovals people = InMemoryApprovals.builder().clock(clock).build();
    final Bucket4jCounters counters = Bucket4jCounters.inMemory();
    final Kept kept = new Kept();

    /** A log in memory that fails as long as it is told to. */
    static final class Kept implements AuditSink {
        final List<AuditRecord> records = Collections.synchronizedList(new ArrayList<>());
        volatile Predicate<AuditRecord> fails = record -> false;
        volatile Throwable thrown = new IllegalStateException("the disk is full");

        @Override
        public void record(AuditRecord record) {
            if (fails.test(record)) Throwables.sneak(thrown);
            records.add(record);
        }

        <T extends AuditRecord> List<T> of(Class<T> type) {
            return records.stream().filter(type::isInstance).map(type::cast).toList();
        }

        Decided last() {
            return of(Decided.class).get(of(Decided.class).size() - 1);
        }
    }

    final Evaluator.Builder builder() {
        return Evaluator.builder(PAY).counters(counters).approvals(people).clock(clock);
    }

    static ToolCall pay(Object amount) {
        return ToolCall.of(ALICE, "pay", Map.of("amount", amount));
    }

    static void assertFailed(Decision decision) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Deny.class, deny -> assertThat(deny.reason().code()).isEqualTo(Reason.Code.CHECK_FAILED));
    }
}
