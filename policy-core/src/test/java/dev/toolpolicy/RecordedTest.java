package dev.toolpolicy;

import static dev.toolpolicy.PolicyText.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Decision.NeedsApproval;
import dev.toolpolicy.Decision.RateLimited;
import dev.toolpolicy.PolicyListener.Settled;
import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.spi.ApprovalEvent.Kind;
import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditRecord.Approval;
import dev.toolpolicy.spi.AuditRecord.Caller;
import dev.toolpolicy.spi.AuditRecord.Charged;
import dev.toolpolicy.spi.AuditRecord.Decided;
import dev.toolpolicy.spi.AuditRecord.Malformed;
import dev.toolpolicy.spi.AuditRecord.Outcome;
import dev.toolpolicy.spi.AuditRecord.Result;
import dev.toolpolicy.spi.AuditRecord.Run;
import dev.toolpolicy.spi.AuditRecord.Spent;
import dev.toolpolicy.spi.AuditSink;
import dev.toolpolicy.spi.AuditedArguments;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is recorded of what happens, and what becomes of a call whose record cannot be kept. */
class RecordedTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Identity ALICE = Identity.of("alice").withSession("s-1");
    private static final Policy PAY = policy(
            "'default':'deny','hide':['secret_tool'],'tools':{'pay':{"
                    + "'deny_if':[{'path':'args.amount','op':'gt','value':100,'on_deny':'too much'}],"
                    + "'require_approval_if':[{'path':'args.amount','op':'gt','value':5}],"
                    + "'limits':[{'id':'spend-limit','counter':'spend','window':'hour','max':10,'scope':'grant','amount':'args.amount'}]}}");

    private final TestClock clock = new TestClock(NOON.toString());
    private final InMemoryApprovals people =
            InMemoryApprovals.builder().clock(clock).build();
    private final Bucket4jCounters counters = Bucket4jCounters.inMemory();
    private final Kept kept = new Kept();

    /** A log in memory that fails as long as it is told to. */
    private static final class Kept implements AuditSink {
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

    private Evaluator.Builder builder() {
        return Evaluator.builder(PAY).counters(counters).approvals(people).clock(clock);
    }

    private static ToolCall pay(Object amount) {
        return ToolCall.of(ALICE, "pay", Map.of("amount", amount));
    }

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

    @ParameterizedTest
    @MethodSource("dev.toolpolicy.Throwables#all")
    void recordThatIsNotKeptIsCountedWhereTheLogIsNotMandatory(Throwable thrown) {
        Evaluator evaluator = builder().audit(kept).build();
        kept.thrown = thrown;
        kept.fails = record -> true;

        Decision allowed = evaluator.evaluate(pay(5));
        assertThat(allowed.allowed()).isTrue();
        assertThat(evaluator.evaluate(pay(5.5))).isInstanceOf(RateLimited.class);
        ((Allow) allowed).permit().refund();
        String id = ((NeedsApproval) evaluator.evaluate(pay(6))).approvalId();
        people.approve(id, "carol");
        assertThat(evaluator.evaluate(pay(6)).allowed()).isTrue();

        assertThat(evaluator.recordsLost()).as("decisions 4, run 1, question 3").isEqualTo(8);
    }

    @ParameterizedTest
    @MethodSource("dev.toolpolicy.Throwables#all")
    void withoutItsRecordNothingIsAllowedWhereTheLogIsMandatory(Throwable thrown) {
        List<PolicyListener.Decided> heard = new ArrayList<>();
        Evaluator evaluator =
                builder().mandatoryAudit(kept).listener(heard::add).build();
        kept.thrown = thrown;
        kept.fails = record -> true;

        assertFailed(evaluator.evaluate(pay(5)));
        assertThat(heard.get(0).cause()).contains(thrown);
        assertThat(heard.get(0).decision()).isInstanceOf(Deny.class);
        assertFailed(evaluator.evaluate(pay(6)));
        assertThat(people.pending()).as("nobody is asked").isEmpty();
        assertThat(((Deny) evaluator.evaluate(pay(101))).reason().code()).isEqualTo(Reason.Code.FORBIDDEN);
        assertThat(evaluator
                        .evaluate(ToolCall.of(ALICE, "secret_tool", null))
                        .refusal()
                        .orElseThrow()
                        .asUnknownTool())
                .as("a hidden tool does not show by failing otherwise")
                .isTrue();
        kept.fails = record -> false;
        assertThat(evaluator.evaluate(pay(5)).allowed()).as("nothing was taken").isTrue();
        assertThat(evaluator.evaluate(pay(5)).allowed()).isTrue();
    }

    @Test
    void spentLimitThatCannotBeRecordedDeniesToo() {
        Evaluator evaluator = builder().mandatoryAudit(kept).build();
        evaluator.evaluate(pay(5));
        kept.fails = record -> true;

        assertFailed(evaluator.evaluate(pay(5.5)));
    }

    @Test
    void approvalIsNotGivenNorUsedWithoutItsRecordWhereTheLogIsMandatory() {
        Evaluator evaluator = builder().mandatoryAudit(kept).build();
        String id = ((NeedsApproval) evaluator.evaluate(pay(6))).approvalId();
        kept.fails = Approval.class::isInstance;

        assertThatIllegalStateException()
                .isThrownBy(() -> people.approve(id, "carol"))
                .withMessage("it could not be recorded")
                .withCause(kept.thrown);
        assertThat(people.find(id).orElseThrow().state()).isEqualTo(State.PENDING);
        kept.fails = record -> false;
        people.approve(id, "carol");
        kept.fails = Approval.class::isInstance;
        assertFailed(evaluator.evaluate(pay(6)));
        assertThat(people.find(id).orElseThrow().state()).isEqualTo(State.APPROVED);
        kept.fails = record -> false;
        assertThat(evaluator.evaluate(pay(6)).allowed())
                .as("neither the approval nor the limit was used up")
                .isTrue();
    }

    private static void assertFailed(Decision decision) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Deny.class, deny -> assertThat(deny.reason().code()).isEqualTo(Reason.Code.CHECK_FAILED));
    }

    /** A log that hangs until it is let go. */
    private static final class Hanging implements AuditSink {
        final CountDownLatch letGo = new CountDownLatch(1);
        final CountDownLatch withdrawn = new CountDownLatch(1);
        final Kept kept = new Kept();

        @Override
        public void record(AuditRecord record) {
            try {
                letGo.await();
            } catch (InterruptedException e) {
                throw new AssertionError("a log that is written to is not interrupted", e);
            }
            kept.record(record);
            if (record instanceof Run run && run.result() == Result.WITHDRAWN) withdrawn.countDown();
        }
    }

    @Test
    void logThatHangsCostsTheRecordOrDeniesInTime() throws Exception {
        Hanging hanging = new Hanging();
        try (Evaluator optional = builder()
                        .audit(hanging)
                        .timeLimit(Duration.ofMillis(200))
                        .build();
                Evaluator mandatory = builder()
                        .mandatoryAudit(hanging)
                        .timeLimit(Duration.ofMillis(200))
                        .build()) {
            assertThat(optional.evaluate(pay(5)).allowed()).isTrue();
            assertThat(optional.recordsLost()).isEqualTo(1);
            assertFailed(mandatory.evaluate(pay(5)));
            assertThat(mandatory.recordsLost()).isPositive();
            assertThat(builder().build().explain(pay(5)).counted().get(0).left())
                    .as("what the denied call took is given back")
                    .isEqualByComparingTo("5");

            hanging.letGo.countDown();
            assertThat(hanging.withdrawn.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(hanging.kept.of(Run.class))
                    .singleElement()
                    .satisfies(run -> assertThat(hanging.kept.of(Decided.class))
                            .filteredOn(decided -> decided.id().equals(run.decision()))
                            .singleElement()
                            .extracting(Decided::outcome)
                            .isEqualTo(Outcome.ALLOW));
        }
    }

    @Test
    void logThatHangsAndIsNotMandatoryKeepsNobodyFromAskingAndUsing() {
        Hanging hanging = new Hanging();
        try (Evaluator evaluator =
                builder().audit(hanging).timeLimit(Duration.ofMillis(500)).build()) {
            String id = ((NeedsApproval) evaluator.evaluate(pay(6))).approvalId();
            people.approve(id, "carol");
            assertThat(evaluator.evaluate(pay(6)).allowed()).isTrue();
        } finally {
            hanging.letGo.countDown();
        }
    }

    @Test
    void answerWhoseRecordComesTooLateIsWithdrawn() throws Exception {
        Hanging hanging = new Hanging();
        String id = ((NeedsApproval) builder().build().evaluate(pay(6))).approvalId();
        try (Evaluator mandatory = builder()
                .mandatoryAudit(hanging)
                .timeLimit(Duration.ofMillis(100))
                .build()) {
            assertThatIllegalStateException().isThrownBy(() -> people.approve(id, "carol"));
            assertThat(people.find(id).orElseThrow().state()).isEqualTo(State.PENDING);
            hanging.letGo.countDown();

            assertThat(hanging.withdrawn.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(hanging.kept.of(Run.class)).containsExactly(new Run(NOON, id, Result.WITHDRAWN, ""));
            assertThat(mandatory.recordsLost()).isEqualTo(1);
        }
    }

    @Test
    void candidateThatHangsCostsNoRecordAndDeniesNothing() {
        CountDownLatch letGo = new CountDownLatch(1);
        try (Evaluator evaluator = builder()
                .mandatoryAudit(kept)
                .shadow(who -> {
                    await(letGo);
                    return Optional.empty();
                })
                .timeLimit(Duration.ofMillis(500))
                .build()) {
            assertThat(evaluator.evaluate(pay(5)).allowed()).isTrue();
            assertThat(evaluator.recordsLost()).isZero();
            assertThat(kept.of(Decided.class))
                    .extracting(Decided::shadow, Decided::code)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(false, ""),
                            org.assertj.core.groups.Tuple.tuple(true, "CHECK_FAILED"));
        } finally {
            letGo.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatIsClosedDeniesForNobodyWouldHearOfItsQuestions() {
        Evaluator evaluator = builder().audit(kept).build();
        evaluator.close();

        assertFailed(evaluator.evaluate(pay(5)));
    }

    @Test
    void refundThatFailsInPartIsRecorded() {
        Evaluator evaluator = Evaluator.builder(PAY)
                .counters(new HalfWay(counters))
                .approvals(people)
                .audit(kept)
                .clock(clock)
                .build();
        Allow allow = (Allow) evaluator.evaluate(pay(5));

        assertThatIllegalStateException().isThrownBy(() -> allow.permit().refund());

        assertThat(kept.of(Run.class)).extracting(Run::result).containsExactly(Result.REFUNDED);
    }

    /** Counters that give nothing back. */
    private record HalfWay(Counters counters) implements Counters {
        @Override
        public List<Taking.Left> look(List<Charge> charges, Instant now) {
            return counters.look(charges, now);
        }

        @Override
        public Taking take(List<Charge> charges, Instant now) {
            return counters.take(charges, now);
        }

        @Override
        public void change(Charge charge, long window, long more) {
            throw new IllegalStateException("away");
        }
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

    /** A source that is reloaded by hand. */
    private static final class Reloading implements PolicySource {
        final List<Follower> followers = new ArrayList<>();
        Policy current;

        Reloading(Policy current) {
            this.current = current;
        }

        @Override
        public Optional<Policy> policyFor(Identity who) {
            return Optional.of(current);
        }

        @Override
        public void subscribe(Follower follower) {
            follower.objectionTo(current).ifPresent(objection -> {
                throw new IllegalStateException(objection);
            });
            followers.add(follower);
        }

        @Override
        public void unsubscribe(Follower follower) {
            followers.remove(follower);
        }
    }

    @Test
    void reloadsAreRecordedAndHeardAndObjectedTo() {
        Ears listener = new Ears();
        Policy allows = policy("'default':'allow'");
        Reloading source = new Reloading(allows);
        Reloading candidate = new Reloading(allows);
        Evaluator evaluator = Evaluator.builder(source)
                .shadow(candidate)
                .audit(kept)
                .listener(listener)
                .clock(clock)
                .build();

        PolicySource.Follower follower = source.followers.get(0);
        assertThat(follower.objectionTo(allows)).isEmpty();
        assertThat(follower.objectionTo(PAY))
                .contains(
                        "the policy has limits, on `spend` first, and nothing counts them: give the builder `counters(…)`");
        assertThat(candidate.followers.get(0).objectionTo(PAY)).get().asString().startsWith("the shadow has limits");
        follower.reloaded("policy.json", "d1");
        follower.rejected("policy.json", List.of("one", "two"));
        candidate.followers.get(0).reloaded("next.json", "d2");

        assertThat(kept.of(AuditRecord.Reload.class))
                .containsExactly(
                        new AuditRecord.Reload(NOON, false, "policy.json", "d1", List.of()),
                        new AuditRecord.Reload(NOON, false, "policy.json", "", List.of("one", "two")),
                        new AuditRecord.Reload(NOON, true, "next.json", "d2", List.of()));
        assertThat(listener.heard)
                .containsExactly(
                        new PolicyListener.Reloaded("policy.json", "d1", false),
                        new PolicyListener.ReloadRejected("policy.json", List.of("one", "two"), false),
                        new PolicyListener.Reloaded("next.json", "d2", true));
        evaluator.close();
        assertThat(source.followers).isEmpty();
        assertThat(candidate.followers).isEmpty();
    }

    @Test
    void sourceThatHasWhatCannotBeServedIsRefusedAndNotFollowed() {
        Reloading sound = new Reloading(policy("'default':'allow'"));
        Reloading needsMore = new Reloading(PAY);

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        Evaluator.builder(sound).shadow(needsMore).audit(kept).build());
        assertThat(sound.followers).isEmpty();
    }
}
