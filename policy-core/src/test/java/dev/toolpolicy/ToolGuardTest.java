package dev.toolpolicy;

import static dev.toolpolicy.PolicyText.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditRecord.Result;
import dev.toolpolicy.spi.AuditRecord.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Through the front door goes what was judged, and nothing else; what comes of it is recorded. */
class ToolGuardTest {
    private static final Identity ALICE = Identity.of("alice");
    private static final ToolCall PAY = ToolCall.of(ALICE, "pay", Map.of("amount", 3));
    private static final ToolCall DROP = ToolCall.of(ALICE, "drop", Map.of());
    private static final Policy POLICY = policy(
            "'default':'deny','hide':['secret_*'],'tools':{'drop':{'action':'deny'},"
                    + "'pay':{'limits':[{'counter':'spend','window':'day','max':10,'scope':'grant','amount':'args.amount'}]}}");

    private final List<AuditRecord> records = new ArrayList<>();
    private final Bucket4jCounters counters = Bucket4jCounters.inMemory();
    private final TestClock clock = new TestClock("2026-01-01T12:00:00Z");
    private final Evaluator evaluator = Evaluator.builder(POLICY)
            .counters(counters)
            .clock(clock)
            .audit(records::add)
            .build();
    private final ToolGuard guard = ToolGuard.around(evaluator);

    private static String refused(Refusal refusal) {
        return "refused: " + refusal.code();
    }

    private List<Result> results() {
        return records.stream()
                .filter(Run.class::isInstance)
                .map(record -> ((Run) record).result())
                .toList();
    }

    private String left() {
        return evaluator.explain(PAY).counted().get(0).left().toPlainString();
    }

    @Test
    void toolGetsTheFrozenArguments() {
        AtomicReference<Map<String, Object>> got = new AtomicReference<>();

        String answer = guard.call(
                PAY,
                arguments -> {
                    got.set(arguments);
                    return "done";
                },
                ToolGuardTest::refused);

        assertThat(answer).isEqualTo("done");
        assertThat(got.get()).isSameAs(PAY.arguments());
        assertThat(results()).containsExactly(Result.DONE);
    }

    @Test
    void toolThatIsRefusedDoesNotRun() {
        String answer = guard.call(
                DROP,
                arguments -> {
                    throw new AssertionError("it ran");
                },
                ToolGuardTest::refused);

        assertThat(answer).isEqualTo("refused: TOOL_DENIED");
        assertThat(results()).isEmpty();
    }

    @Test
    void refusalHasTheIdOfItsRecord() {
        String id = guard.call(DROP, arguments -> "", Refusal::decisionId);
        String malformed = guard.call(ALICE, "p y", Map.of(), arguments -> "", Refusal::decisionId);

        assertThat(((AuditRecord.Decided) records.get(0)).id()).isEqualTo(id);
        assertThat(((AuditRecord.Malformed) records.get(1)).id()).isEqualTo(malformed);
    }

    @Test
    void checkedExceptionIsThrownOnUnchangedAndRecorded() {
        IOException thrown = new IOException("the disk");

        assertThatThrownBy(() -> guard.call(
                        PAY,
                        arguments -> {
                            throw thrown;
                        },
                        ToolGuardTest::refused))
                .isSameAs(thrown);

        assertThat(results()).containsExactly(Result.FAILED);
        assertThat(left()).as("nothing is refunded unless the host says so").isEqualTo("7");
    }

    @ParameterizedTest
    @MethodSource("dev.toolpolicy.Throwables#all")
    void whateverAToolThrowsIsThrownOnUnchanged(Throwable thrown) {
        assertThatThrownBy(() -> guard.call(
                        PAY,
                        arguments -> {
                            Throwables.sneak(thrown);
                            return "";
                        },
                        ToolGuardTest::refused))
                .isSameAs(thrown);
        assertThat(results()).containsExactly(Result.FAILED);
    }

    @Test
    void toolWithAPermitMayGiveBackWhatItTook() {
        String answer = guard.call(
                PAY,
                (arguments, permit) -> {
                    permit.refund();
                    return "nothing came of it";
                },
                ToolGuardTest::refused);

        assertThat(answer).isEqualTo("nothing came of it");
        assertThat(left()).isEqualTo("10");
        assertThat(results()).containsExactly(Result.REFUNDED, Result.DONE);
    }

    @Test
    void resultThatIsAFailureIsRecordedAsOne() {
        ToolGuard strict = guard.failedWhen(result -> result.equals("isError"));

        assertThat(strict.call(PAY, arguments -> "isError", ToolGuardTest::refused))
                .isEqualTo("isError");
        assertThat(strict.call(PAY, arguments -> "fine", ToolGuardTest::refused))
                .isEqualTo("fine");
        assertThat(strict.<String, RuntimeException>call(PAY, arguments -> null, ToolGuardTest::refused))
                .isNull();
        ToolGuard broken = guard.failedWhen(result -> {
            throw new AssertionError("cannot say");
        });
        assertThat(broken.call(
                        ToolCall.of(ALICE, "pay", Map.of("amount", 0)), arguments -> "fine", ToolGuardTest::refused))
                .as("the result is wanted all the same")
                .isEqualTo("fine");

        assertThat(results()).containsExactly(Result.FAILED, Result.DONE, Result.DONE, Result.FAILED);
    }

    @Test
    void whatCannotBeACallIsRefusedAndRecorded() {
        Map<String, Object> odd = Map.of("amount", new Object());
        assertThat(guard.call(ALICE, "pay", odd, arguments -> "ran", ToolGuardTest::refused))
                .isEqualTo("refused: MALFORMED_CALL");
        assertThat(guard.call(ALICE, "pay", "[]", arguments -> "ran", ToolGuardTest::refused))
                .isEqualTo("refused: MALFORMED_CALL");
        assertThat(guard.call(null, "pay", "{}", arguments -> "ran", ToolGuardTest::refused))
                .isEqualTo("refused: MALFORMED_CALL");
        assertThat(guard.call(ALICE, null, Map.of(), (arguments, permit) -> "ran", ToolGuardTest::refused))
                .isEqualTo("refused: MALFORMED_CALL");
        assertThat(guard.call(ALICE, "pay", (String) null, (arguments, permit) -> "ran", ToolGuardTest::refused))
                .isEqualTo("refused: MALFORMED_CALL");

        assertThat(records).hasSize(5).allMatch(AuditRecord.Malformed.class::isInstance);
    }

    @Test
    void noArgumentsAreNone() {
        ToolGuard open =
                ToolGuard.around(Evaluator.builder(policy("'default':'allow'")).build());

        int none = open.call(ALICE, "ping", (Map<String, Object>) null, arguments -> arguments.size(), refusal -> -1);
        int one = open.call(ALICE, "ping", "{\"a\": 1}", arguments -> arguments.size(), refusal -> -1);

        assertThat(none).isZero();
        assertThat(one).isEqualTo(1);
    }

    @Test
    void hiddenToolSaysNothingThatAnUnknownOneWouldNot() {
        Refusal wellFormed = guard.<Refusal, RuntimeException>call(
                ALICE, "secret_tool", Map.of(), arguments -> null, refusal -> refusal);
        Refusal malformed =
                guard.<Refusal, RuntimeException>call(ALICE, "secret_tool", "{", arguments -> null, refusal -> refusal);

        for (Refusal refusal : List.of(wellFormed, malformed)) {
            assertThat(refusal.asUnknownTool()).isTrue();
            assertThat(refusal.message()).isEqualTo("unknown tool");
            assertThat(refusal.asMeta()).isEmpty();
        }
    }

    @Test
    void asyncRunsWhatWasJudgedAndRecordsWhatItCameTo() {
        ToolGuard strict = guard.failedWhen("isError"::equals);
        CompletableFuture<String> later = new CompletableFuture<>();

        CompletableFuture<String> answer = strict.callAsync(
                        PAY, arguments -> later, ToolGuardTest::refused, Runnable::run)
                .toCompletableFuture();

        assertThat(answer).isNotDone();
        assertThat(results()).isEmpty();
        later.complete("isError");
        assertThat(answer).isCompletedWithValue("isError");
        assertThat(results()).containsExactly(Result.FAILED);
        assertThat(strict.callAsync(DROP, arguments -> later, ToolGuardTest::refused, Runnable::run)
                        .toCompletableFuture())
                .isCompletedWithValue("refused: TOOL_DENIED");
    }

    @Test
    void asyncPassesOnWhatTheToolThrowsAndRecordsIt() {
        IllegalStateException thrown = new IllegalStateException("away");
        CompletableFuture<String> atOnce = guard.<String>callAsync(
                        PAY,
                        arguments -> {
                            throw thrown;
                        },
                        ToolGuardTest::refused,
                        Runnable::run)
                .toCompletableFuture();
        CompletableFuture<String> later = guard.callAsync(
                        PAY,
                        arguments -> CompletableFuture.<String>failedFuture(thrown),
                        ToolGuardTest::refused,
                        Runnable::run)
                .toCompletableFuture();
        CompletableFuture<String> none = guard.<String>callAsync(
                        PAY, arguments -> null, ToolGuardTest::refused, Runnable::run)
                .toCompletableFuture();

        for (CompletableFuture<String> failed : List.of(atOnce, later))
            assertThatThrownBy(failed::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCause(thrown);
        assertThatThrownBy(none::join).hasCauseInstanceOf(NullPointerException.class);
        assertThat(results()).containsExactly(Result.FAILED, Result.FAILED, Result.FAILED);
    }

    @Test
    void asyncWithoutAThreadToDecideOnIsRefused() {
        CompletableFuture<String> answer = guard.callAsync(
                        PAY, arguments -> CompletableFuture.completedFuture("ran"), ToolGuardTest::refused, work -> {
                            throw new RejectedExecutionException("full");
                        })
                .toCompletableFuture();

        assertThat(answer).isCompletedWithValue("refused: CHECK_FAILED");
        assertThat(((AuditRecord.Decided) records.get(0)).code()).isEqualTo("CHECK_FAILED");
    }

    @Test
    void asyncWithoutMemoryForAThreadIsRefusedAndNeverRunsLater() {
        List<Runnable> kept = new ArrayList<>();
        CompletableFuture<String> answer = guard.callAsync(
                        PAY, arguments -> CompletableFuture.completedFuture("ran"), ToolGuardTest::refused, work -> {
                            kept.add(work);
                            throw new OutOfMemoryError("unable to create native thread");
                        })
                .toCompletableFuture();
        kept.forEach(Runnable::run);

        assertThat(answer).isCompletedWithValue("refused: CHECK_FAILED");
        assertThat(left()).isEqualTo("10");
    }

    @Test
    void selfTestFindsAPolicyThatAllowsWhatItMustNot() {
        assertThatCode(() -> {
                    guard.mustRefuse(ALICE, "drop", Map.of());
                    guard.mustRefuse(ALICE, "unheard_of", Map.of());
                    guard.mustRefuse(ALICE, "pay", Map.of("amount", 11));
                })
                .doesNotThrowAnyException();
        assertThatIllegalStateException()
                .isThrownBy(() -> guard.mustRefuse(ALICE, "pay", Map.of("amount", 3)))
                .withMessage("the policy must refuse ToolCall[Identity[alice], pay], and allows it");
        assertThat(left()).as("nothing is taken").isEqualTo("10");
    }

    @Test
    void selfTestIsNotContentWithARefusalThatWillPass() {
        guard.call(ToolCall.of(ALICE, "pay", Map.of("amount", 10)), arguments -> "", ToolGuardTest::refused);
        assertThatIllegalStateException()
                .isThrownBy(() -> guard.mustRefuse(ALICE, "pay", Map.of("amount", 3)))
                .withMessageEndingWith(", and allows it when its limit has room");
        ToolGuard failing = ToolGuard.around(
                Evaluator.builder(Throwables.source(new AssertionError())).build());
        assertThatIllegalStateException()
                .isThrownBy(() -> failing.mustRefuse(ALICE, "pay", Map.of()))
                .withMessageEndingWith(", and it could not be judged");
        assertThatThrownBy(() -> guard.mustRefuse(ALICE, "p y", Map.of())).isInstanceOf(MalformedCallException.class);
    }

    @Test
    void asyncTakesNothingForWhoHasGivenUp() {
        List<Runnable> waiting = new ArrayList<>();
        CompletableFuture<String> answer = guard.callAsync(
                        PAY,
                        arguments -> CompletableFuture.completedFuture("ran"),
                        ToolGuardTest::refused,
                        waiting::add)
                .toCompletableFuture();
        answer.cancel(false);
        waiting.forEach(Runnable::run);

        assertThat(records).isEmpty();
        assertThat(left()).isEqualTo("10");
    }

    @Test
    void asyncNeverRunsAToolOnTheCallersThread() throws Exception {
        java.util.concurrent.ExecutorService one = java.util.concurrent.Executors.newSingleThreadExecutor();
        try {
            Thread caller = Thread.currentThread();
            for (int i = 0; i < 2_000; i++) {
                Thread ran = guard.callAsync(
                                ToolCall.of(ALICE, "pay", Map.of("amount", 0)),
                                arguments -> CompletableFuture.completedFuture(Thread.currentThread()),
                                refusal -> caller,
                                one)
                        .toCompletableFuture()
                        .get();
                assertThat(ran).isNotSameAs(caller);
            }
        } finally {
            one.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "pay,         true,  true",
        "drop,        true,  false",
        "other,       true,  false",
        "PAY,         true,  false",
        "secret_tool, false, false",
        "not legal,   false, false",
        ",            false, false",
    })
    void toolIsListedToWhoMayKnowOfItOrOnlyToWhoMayCallIt(String tool, boolean listed, boolean ifOnlyAllowed) {
        assertThat(guard.lists(ALICE, tool)).isEqualTo(listed);
        assertThat(guard.listOnlyAllowed().lists(ALICE, tool)).isEqualTo(ifOnlyAllowed);
        assertThat(guard.listOnlyAllowed().lists(null, tool)).isFalse();
    }

    @Test
    void nothingIsListedWhereItIsNotKnownWhichPolicyThereIs() {
        ToolGuard lost = ToolGuard.around(Evaluator.builder((PolicySource) who -> {
                    throw new IllegalStateException("the store of policies is away");
                })
                .build());

        assertThat(lost.lists(ALICE, "pay")).isFalse();
        assertThat(lost.listOnlyAllowed().lists(ALICE, "pay")).isFalse();
    }

    @Test
    void guardWithoutALogHasNoIds() {
        ToolGuard silent =
                ToolGuard.around(Evaluator.builder(policy("'default':'deny'")).build());

        assertThat(silent.call(DROP, arguments -> "", Refusal::decisionId)).isEmpty();
        assertThat(silent.call(ALICE, "p y", Map.of(), arguments -> "", Refusal::decisionId))
                .isEmpty();
        assertThat(silent.callAsync(DROP, arguments -> null, Refusal::decisionId, work -> {
                            throw new RejectedExecutionException();
                        })
                        .toCompletableFuture())
                .isCompletedWithValue("");
    }

    @Test
    void afterTheEndNothingIsRecordedAndNoRefusalHasAnId() {
        evaluator.close();

        assertThat(guard.call(PAY, arguments -> "", Refusal::decisionId)).isEmpty();
        assertThat(records).isEmpty();
    }

    @Test
    void nameThatIsNoneIsNotListedThoughUnlistedToolsAreAllowed() {
        ToolGuard open =
                ToolGuard.around(Evaluator.builder(policy("'default':'allow'")).build());

        assertThat(open.listOnlyAllowed().lists(ALICE, "not.illegal")).isTrue();
        assertThat(open.listOnlyAllowed().lists(ALICE, "not legal")).isFalse();
    }
}
