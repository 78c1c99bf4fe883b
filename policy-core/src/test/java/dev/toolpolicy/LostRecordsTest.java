package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Decision.NeedsApproval;
import dev.toolpolicy.Decision.RateLimited;
import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditRecord.Approval;
import dev.toolpolicy.spi.AuditRecord.Decided;
import dev.toolpolicy.spi.AuditRecord.Outcome;
import dev.toolpolicy.spi.AuditRecord.Result;
import dev.toolpolicy.spi.AuditRecord.Run;
import dev.toolpolicy.spi.AuditSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a call whose record cannot be kept, or not in time. */
class LostRecordsTest extends RecordedPayments {
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
    void aDenialThatIsKeptTooLateStaysOne() throws Exception {
        Hanging hanging = new Hanging();
        try (Evaluator mandatory = builder()
                .mandatoryAudit(hanging)
                .timeLimit(Duration.ofMillis(100))
                .build()) {
            assertThat(((Deny) mandatory.evaluate(pay(101))).reason().code()).isEqualTo(Reason.Code.FORBIDDEN);
            hanging.letGo.countDown();

            assertThat(hanging.withdrawn.await(500, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(hanging.kept.of(Decided.class)).hasSize(1);
    }

    @Test
    void aRecordThatCouldNotBeWithdrawnIsLostToo() {
        Hanging hanging = new Hanging();
        hanging.kept.fails = Run.class::isInstance;
        try (Evaluator mandatory = builder()
                .mandatoryAudit(hanging)
                .timeLimit(Duration.ofMillis(100))
                .build()) {
            assertFailed(mandatory.evaluate(pay(5)));
            assertThat(mandatory.recordsLost()).isEqualTo(1);
            hanging.letGo.countDown();

            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                while (mandatory.recordsLost() < 2) Thread.onSpinWait();
            });
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
    void whatIsKeptInTimeIsNotLost() {
        for (Duration limit : new Duration[] {null, Duration.ofSeconds(60)}) {
            Evaluator.Builder options = builder().audit(kept);
            try (Evaluator evaluator =
                    limit == null ? options.build() : options.timeLimit(limit).build()) {
                String id = ((NeedsApproval) evaluator.evaluate(pay(6))).approvalId();
                people.reject(id, "carol", "");

                assertThat(evaluator.recordsLost()).isZero();
            }
            clock.advance(Duration.ofHours(1));
        }
    }

    @Test
    void aRecordThatIsNotMandatoryIsKeptLateAndTakesNothingBack() throws Exception {
        Hanging hanging = new Hanging();
        try (Evaluator evaluator =
                builder().audit(hanging).timeLimit(Duration.ofMillis(100)).build()) {
            Permit permit = ((Allow) evaluator.evaluate(pay(5))).permit();
            hanging.letGo.countDown();
            permit.done();
        }

        assertThat(hanging.withdrawn.await(500, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void whatIsClosedDeniesForNobodyWouldHearOfItsQuestions() {
        Evaluator evaluator = builder().audit(kept).build();
        evaluator.close();
        evaluator.close();

        assertFailed(evaluator.evaluate(pay(5)));
    }
}
