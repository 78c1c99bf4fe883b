package dev.toolpolicy;

import static dev.toolpolicy.PolicyText.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Decision.NeedsApproval;
import dev.toolpolicy.PolicyListener.Settled;
import dev.toolpolicy.spi.ApprovalEvent.Kind;
import dev.toolpolicy.spi.AuditRecord.Approval;
import dev.toolpolicy.spi.AuditRecord.Caller;
import dev.toolpolicy.spi.AuditRecord.Charged;
import dev.toolpolicy.spi.AuditRecord.Decided;
import dev.toolpolicy.spi.AuditRecord.Malformed;
import dev.toolpolicy.spi.AuditRecord.Outcome;
import dev.toolpolicy.spi.AuditRecord.Result;
import dev.toolpolicy.spi.AuditRecord.Run;
import dev.toolpolicy.spi.AuditRecord.Spent;
import dev.toolpolicy.spi.AuditedArguments;
import dev.toolpolicy.spi.Counters;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is recorded of what happens. */
class RecordedTest extends RecordedPayments {
    @Test
    void everyDecisionIsOneRecord() {
        Evaluator evaluator = builder().audit(kept).build();

        evaluator.evaluate(pay(5));
        assertThat(kept.last()).satisfies(allowed -> {
            assertThat(allowed.time()).isEqualTo(NOON);
            assertThat(allowed.outcome()).isEqualTo(Outcome.ALLOW);
            assertThat(allowed.code()).isEmpty();
            assertThat(allowed.rule()).isEqualTo("/tools/pay");
            assertThat(allowed.caller()).isEqualTo(new Caller("alice", Optional.of("s-1")));
            assertThat(allowed.tool()).isEqualTo("pay");
            assertThat(allowed.policy()).isEqualTo(PAY.digest());
            assertThat(allowed.charged()).containsExactly(new Charged("spend-limit", "spend"));
            assertThat(allowed.spent()).isEmpty();
            assertThat(allowed.shadow()).isFalse();
            assertThat(allowed.took()).isPositive();
        });
        evaluator.evaluate(pay(5.5));
        assertThat(kept.last().outcome()).isEqualTo(Outcome.RATE_LIMITED);
        assertThat(kept.last().spent())
                .contains(new Spent("spend", BigDecimal.TEN, BigDecimal.valueOf(5), Duration.ofHours(1)));
        evaluator.evaluate(pay(101));
        assertThat(kept.last())
                .extracting(Decided::outcome, Decided::code, Decided::rule)
                .containsExactly(Outcome.DENY, "FORBIDDEN", "/tools/pay/deny_if/0");
        evaluator.evaluate(ToolCall.of(ALICE, "other", null));
        assertThat(kept.last())
                .extracting(Decided::code, Decided::rule, Decided::tool)
                .containsExactly("NOT_LISTED", "/default", "other");
        assertThat(kept.records).hasSize(4);
        assertThat(kept.of(Decided.class)).extracting(Decided::id).doesNotHaveDuplicates();
        assertThat(evaluator.recordsLost()).isZero();
    }

    @Test
    void explanationsAndListsAreNotRecorded() {
        Evaluator evaluator = builder().audit(kept).build();

        evaluator.explain(pay(5));
        evaluator.visible(ALICE, "pay");

        assertThat(kept.records).isEmpty();
    }

    @Test
    void whatBecomesOfAQuestionIsRecordedInOrder() {
        Evaluator evaluator = builder().audit(kept).build();
        String id = ((NeedsApproval) evaluator.evaluate(pay(6))).approvalId();
        evaluator.evaluate(pay(6));
        people.approve(id, "carol");
        evaluator.evaluate(pay(6));

        assertThat(kept.records)
                .extracting(record -> record instanceof Approval approval
                        ? approval.kind() + " " + approval.who()
                        : ((Decided) record).outcome() + " "
                                + ((Decided) record).approval().equals(id))
                .containsExactly(
                        "ASKED ",
                        "NEEDS_APPROVAL true",
                        "NEEDS_APPROVAL true",
                        "APPROVED carol",
                        "USED carol",
                        "ALLOW true");
    }

    @Test
    void rejectionAndLapseAreRecordedToo() {
        Evaluator evaluator = builder().audit(kept).build();
        String id = ((NeedsApproval) evaluator.evaluate(pay(6))).approvalId();
        people.reject(id, "carol", "not today");
        evaluator.evaluate(pay(6));
        clock.advance(Duration.ofMinutes(30));
        evaluator.evaluate(pay(6));

        assertThat(kept.of(Approval.class))
                .extracting(Approval::kind)
                .containsExactly(Kind.ASKED, Kind.REJECTED, Kind.LAPSED, Kind.ASKED);
        assertThat(kept.of(Approval.class).get(1))
                .isEqualTo(new Approval(
                        NOON,
                        Kind.REJECTED,
                        id,
                        new Caller("alice", Optional.of("s-1")),
                        "pay",
                        List.of("/tools/pay/require_approval_if/0"),
                        NOON.plus(Duration.ofMinutes(30)),
                        "carol",
                        "not today"));
        assertThat(kept.of(Decided.class).get(1))
                .extracting(Decided::code, Decided::approval)
                .containsExactly("APPROVAL_REJECTED", id);
    }

    @Test
    void callThatCannotBeMadeIsRecorded() {
        Ears listener = new Ears();
        Evaluator evaluator = builder().audit(kept).listener(listener).build();
        String name = "pay\r\n" + "x".repeat(200);
        MalformedCallException why = org.assertj.core.api.Assertions.catchThrowableOfType(
                MalformedCallException.class, () -> ToolCall.parse(ALICE, name, "{}"));

        Deny denied = evaluator.malformed(ALICE, name, why);
        evaluator.malformed(null, null, why);

        assertThat(denied).isEqualTo(new Deny(new Reason(Reason.Code.MALFORMED_CALL, "", why.getMessage())));
        assertThat(kept.of(Malformed.class).get(0)).satisfies(record -> {
            assertThat(record.caller()).contains(new Caller("alice", Optional.of("s-1")));
            assertThat(record.tool()).isEqualTo(name.substring(0, 128));
            assertThat(record.why()).isEqualTo(why.getMessage());
        });
        assertThat(kept.of(Malformed.class).get(1))
                .extracting(Malformed::caller, Malformed::tool)
                .containsExactly(Optional.empty(), "");
        assertThat(listener.of(PolicyListener.Malformed.class)).hasSize(2);
        assertThat(builder().build().malformed(ALICE, name, why)).isEqualTo(denied);
    }

    @Test
    void ofArgumentsNamesSizesAndAKeyedDigestAreToldAndNoValue() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (int i = 0; i < 40; i++) arguments.put("n".repeat(70) + i, "s3cr3t-" + i);
        Evaluator evaluator =
                Evaluator.builder(policy("'default':'allow'")).audit(kept).build();
        ToolCall call = ToolCall.of(ALICE, "t", arguments);

        evaluator.evaluate(call);

        AuditedArguments told = kept.last().arguments();
        byte[] key = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        assertThat(told.names()).hasSize(32).containsOnly("n".repeat(64));
        assertThat(told.count()).isEqualTo(40);
        assertThat(told.bytes()).isEqualTo(call.argumentsJson().length());
        assertThat(told.digest(key)).matches("[0-9a-f]{64}").isNotEqualTo(call.digest());
        assertThat(told.digest(key)).isEqualTo(told.digest(key));
        assertThat(told.digest(key)).isNotEqualTo(told.digest("another key 1234".getBytes(StandardCharsets.US_ASCII)));
        assertThat(kept.records.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void noRecordHoldsAnAmount() {
        Evaluator evaluator = builder().audit(kept).build();
        Allow allow = (Allow) evaluator.evaluate(pay(new BigDecimal("4.27182818")));
        allow.permit().settle("spend", new BigDecimal("3.14159265"));

        // So many digits that no duration has them by chance.
        assertThat(kept.records.toString()).doesNotContain("7182818").doesNotContain("1415926");
    }

    @Test
    void whatBecomesOfAnAllowedCallIsRecordedAndHeard() {
        Ears listener = new Ears();
        Evaluator evaluator = builder().audit(kept).listener(listener).build();
        Allow first = (Allow) evaluator.evaluate(pay(1));
        String id = kept.last().id();
        first.permit().done();
        first.permit().failed();
        assertThat(first.permit().settle("spend", BigDecimal.TEN)).isTrue();
        assertThat(first.permit().settle("spend", BigDecimal.TEN)).isFalse();
        assertThat(first.permit().refund()).as("settled already").isFalse();
        clock.advance(Duration.ofHours(1));
        Allow second = (Allow) evaluator.evaluate(pay(1));
        assertThat(second.permit().refund()).isTrue();

        assertThat(kept.of(Run.class))
                .containsExactly(
                        new Run(NOON, id, Result.DONE, ""),
                        new Run(NOON, id, Result.FAILED, ""),
                        new Run(NOON, id, Result.SETTLED, "spend"),
                        new Run(NOON.plus(Duration.ofHours(1)), kept.last().id(), Result.REFUNDED, ""));
        assertThat(listener.of(Settled.class))
                .extracting(Settled::result)
                .containsExactly(Result.DONE, Result.FAILED, Result.SETTLED, Result.REFUNDED);
    }

    @Test
    void whatIsGivenBackOrSettledWithoutWaitingIsRecordedOnce() {
        Evaluator evaluator = builder().audit(kept).build();
        for (int i = 0; i < 2; i++) {
            Permit permit = ((Allow) evaluator.evaluate(pay(1))).permit();
            boolean settles = i == 0;
            for (boolean first : new boolean[] {true, false})
                assertThat(settles ? permit.settleAsync("spend", BigDecimal.TEN) : permit.refundAsync())
                        .isCompletedWithValue(first);
            clock.advance(Duration.ofHours(1));
        }

        assertThat(kept.of(Run.class)).extracting(Run::result).containsExactly(Result.SETTLED, Result.REFUNDED);
    }

    @Test
    void whatADecisionTookIsNotMoreThanItTook() {
        Evaluator evaluator = builder().audit(kept).build();
        long begun = System.nanoTime();
        evaluator.evaluate(pay(1));

        assertThat(kept.last().took()).isBetween(Duration.ZERO, Duration.ofNanos(System.nanoTime() - begun));
    }

    @Test
    void shadowIsRecordedAsSuch() {
        Evaluator evaluator = Evaluator.builder(policy("'default':'allow'"))
                .shadow(PolicySource.of(policy("'default':'deny'")))
                .audit(kept)
                .build();

        evaluator.evaluate(pay(1));

        assertThat(kept.of(Decided.class))
                .extracting(Decided::shadow, Decided::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(false, Outcome.ALLOW),
                        org.assertj.core.groups.Tuple.tuple(true, Outcome.DENY));
        assertThat(kept.of(Decided.class))
                .extracting(Decided::id)
                .containsOnly(kept.last().id());
    }

    @Test
    void refundThatFailsInPartIsRecorded() {
        Evaluator evaluator = Evaluator.builder(PAY)
                .counters(failing(new ArrayList<>(), Integer.MAX_VALUE))
                .approvals(people)
                .audit(kept)
                .clock(clock)
                .build();
        Allow allow = (Allow) evaluator.evaluate(pay(5));

        assertThatIllegalStateException().isThrownBy(() -> allow.permit().refund());
        assertThat(kept.of(Run.class)).extracting(Run::result).containsExactly(Result.REFUNDED);

        Permit later = ((Allow) evaluator.evaluate(pay(5))).permit();
        assertThat(later.refundAsync().toCompletableFuture()).isCompletedExceptionally();
        assertThat(kept.of(Run.class)).extracting(Run::result).containsExactly(Result.REFUNDED, Result.REFUNDED);
    }

    @Test
    void refundThatFailsOfOneCounterGivesTheOtherWhatIsItsOwn() {
        List<String> changed = new ArrayList<>();
        Policy two = PolicyText.policy("'default':'deny','tools':{'pay':{'limits':["
                + "{'counter':'a','window':'hour','max':9,'scope':'grant'},"
                + "{'counter':'b','window':'hour','max':9,'scope':'grant'}]}}");
        Counters half = failing(changed, 1);
        Evaluator evaluator = Evaluator.builder(two).counters(half).clock(clock).build();
        Allow allow = (Allow) evaluator.evaluate(pay(5));

        assertThatIllegalStateException().isThrownBy(() -> allow.permit().refund());

        assertThat(changed).hasSize(2).doesNotHaveDuplicates();
    }

    /** Counters that fail so often when they are to give something back; what they were asked is kept. */
    private Counters failing(List<String> changed, int times) {
        return new ChangedBy(counters, (charge, window, more) -> {
            changed.add(charge.counter());
            if (changed.size() <= times) throw new IllegalStateException("away");
            counters.change(charge, window, more);
        });
    }

    @Test
    void clockIsReadOnceInADecision() {
        AtomicInteger reads = new AtomicInteger();
        Evaluator evaluator = builder()
                .audit(kept)
                .clock(() -> {
                    reads.incrementAndGet();
                    return NOON;
                })
                .build();

        evaluator.evaluate(pay(5));

        assertThat(reads).hasValue(1);
    }

    @Test
    void clockThatFailsIsRecordedAtTheEpoch() {
        Evaluator evaluator = builder()
                .audit(kept)
                .clock(() -> {
                    throw new IllegalStateException("no clock");
                })
                .build();

        assertFailed(evaluator.evaluate(pay(5)));

        assertThat(kept.last()).extracting(Decided::time, Decided::code).containsExactly(Instant.EPOCH, "CHECK_FAILED");
    }

    @Test
    void thereIsOneLog() {
        assertThatIllegalStateException()
                .isThrownBy(() -> builder().mandatoryAudit(kept).audit(kept))
                .withMessage("there is an audit log already");
    }
}
