package dev.toolpolicy;

import static dev.toolpolicy.AsyncEvaluatorTest.got;
import static dev.toolpolicy.AsyncEvaluatorTest.soon;
import static dev.toolpolicy.PolicyText.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditRecord.Result;
import dev.toolpolicy.spi.AuditRecord.Run;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Through the front door that waits for nothing goes what was judged, and nothing else; what comes of it is recorded. */
class AsyncToolGuardTest {
    private static final Identity ALICE = Identity.of("alice");
    private static final ToolCall PAY = ToolCall.of(ALICE, "pay", Map.of("amount", 3));
    private static final ToolCall DROP = ToolCall.of(ALICE, "drop", Map.of());
    private static final Policy POLICY = policy(
            "'default':'deny','hide':['secret_*'],'tools':{'drop':{'action':'deny'},"
                    + "'pay':{'limits':[{'counter':'spend','window':'day','max':10,'scope':'grant','amount':'args.amount'}]}}");

    private final ExecutorService hosts = Executors.newSingleThreadExecutor(work -> new Thread(work, "host"));
    private final List<AuditRecord> records = Collections.synchronizedList(new ArrayList<>());
    private final Bucket4jCounters inMemory = Bucket4jCounters.inMemory();
    private final LaterCounters counters = new LaterCounters(inMemory);
    private final TestClock clock = new TestClock("2026-01-01T12:00:00Z");
    private final Evaluator evaluator = Evaluator.builder(POLICY)
            .counters(counters)
            .clock(clock)
            .audit(records::add)
            .build();
    private final AsyncToolGuard guard = AsyncToolGuard.around(AsyncEvaluator.of(evaluator, hosts));

    @AfterEach
    void end() {
        hosts.shutdownNow();
        counters.close();
    }

    private static String refused(Refusal refusal) {
        return "refused: " + refusal.code();
    }

    private static CompletionStage<String> ran(Map<String, Object> arguments) {
        return CompletableFuture.completedStage("ran");
    }

    private List<Result> results() {
        return records.stream()
                .filter(Run.class::isInstance)
                .map(record -> ((Run) record).result())
                .toList();
    }

    private String left() {
        Evaluator waiting =
                Evaluator.builder(POLICY).counters(inMemory).clock(clock).build();
        return waiting.explain(PAY).counted().get(0).left().toPlainString();
    }

    @Test
    void toolGetsTheFrozenArgumentsOnTheHostsThreadAndWhatItComesToIsRecorded() throws Exception {
        counters.holding();
        AtomicReference<Object> seen = new AtomicReference<>();
        CompletableFuture<String> later = new CompletableFuture<>();

        CompletionStage<String> answer = guard.call(
                PAY,
                arguments -> {
                    seen.set(List.of(arguments, Thread.currentThread().getName()));
                    later.complete("done");
                    return later;
                },
                AsyncToolGuardTest::refused);

        counters.letGo();

        assertThat(got(answer)).isEqualTo("done");
        assertThat(seen.get()).isEqualTo(List.of(PAY.arguments(), "host"));
        assertThat(results()).containsExactly(Result.DONE);
        assertThat(left()).isEqualTo("7");
    }

    @Test
    void toolThatIsRefusedDoesNotRunAndTheRefusalHasTheIdOfItsRecord() {
        Function<Map<String, Object>, CompletionStage<String>> tool = arguments -> {
            throw new AssertionError("it ran");
        };

        assertThat(got(guard.call(DROP, tool, AsyncToolGuardTest::refused))).isEqualTo("refused: TOOL_DENIED");
        String id = got(guard.call(DROP, tool, Refusal::decisionId));
        assertThat(((AuditRecord.Decided) records.get(1)).id()).isEqualTo(id).isNotEmpty();
        String over = got(guard.call(ALICE, "pay", "{\"amount\": 11}", tool, AsyncToolGuardTest::refused));
        assertThat(over).isEqualTo("refused: INVALID_AMOUNT");
        assertThat(results()).isEmpty();
    }

    @Test
    void argumentsMayBeAMap() {
        assertThat(got(guard.call(
                        ALICE, "pay", Map.of("amount", 3), AsyncToolGuardTest::ran, AsyncToolGuardTest::refused)))
                .isEqualTo("ran");
        assertThat(got(guard.call(
                        ALICE, "pay", Map.of("amount", 11), AsyncToolGuardTest::ran, AsyncToolGuardTest::refused)))
                .isEqualTo("refused: INVALID_AMOUNT");
    }

    @Test
    void refusalWithoutARecordHasNoId() {
        Evaluator silent = Evaluator.builder(policy("'default':'deny'")).build();
        AsyncToolGuard unheard = AsyncToolGuard.around(AsyncEvaluator.of(silent, hosts));
        evaluator.close();

        assertThat(got(unheard.call(DROP, AsyncToolGuardTest::ran, Refusal::decisionId)))
                .isEmpty();
        assertThat(got(guard.call(DROP, AsyncToolGuardTest::ran, Refusal::decisionId)))
                .isEmpty();
        assertThat(records).isEmpty();
    }

    @Test
    void toolWithAPermitMaySayWhatItCameToWithoutWaiting() {
        String answer = got(guard.call(
                ALICE,
                "pay",
                Map.of("amount", 3),
                (arguments, permit) ->
                        permit.settleAsync("spend", BigDecimal.ONE).thenApply(first -> "one"),
                AsyncToolGuardTest::refused));

        assertThat(answer).isEqualTo("one");
        assertThat(left()).isEqualTo("9");
        assertThat(results()).containsExactly(Result.SETTLED, Result.DONE);
    }

    @Test
    void resultThatIsAFailureIsRecordedAsOne() {
        AsyncToolGuard strict = guard.failedWhen("ran"::equals);

        assertThat(got(strict.call(PAY, AsyncToolGuardTest::ran, AsyncToolGuardTest::refused)))
                .isEqualTo("ran");
        assertThat(results()).containsExactly(Result.FAILED);
    }

    @ParameterizedTest
    @MethodSource("dev.toolpolicy.Throwables#all")
    void whateverAToolThrowsIsPassedOnAndRecorded(Throwable thrown) {
        CompletionStage<String> atOnce = guard.call(
                PAY,
                arguments -> {
                    Throwables.sneak(thrown);
                    return ran(arguments);
                },
                AsyncToolGuardTest::refused);
        CompletionStage<String> later = guard.call(
                PAY, arguments -> CompletableFuture.<String>failedStage(thrown), AsyncToolGuardTest::refused);
        CompletionStage<String> refusing = guard.call(DROP, AsyncToolGuardTest::ran, refusal -> {
            Throwables.sneak(thrown);
            return "";
        });

        for (CompletionStage<String> failed : List.of(atOnce, later, refusing))
            assertThatThrownBy(() -> got(failed))
                    .isInstanceOf(CompletionException.class)
                    .hasCause(thrown);
        assertThat(results()).containsExactly(Result.FAILED, Result.FAILED);
        assertThat(left()).as("nothing is refunded unless the host says so").isEqualTo("4");
    }

    @Test
    void whatCannotBeACallIsRefusedAndRecorded() {
        Map<String, Object> odd = Map.of("amount", new Object());
        List<CompletionStage<String>> answers = List.of(
                guard.call(ALICE, "pay", odd, AsyncToolGuardTest::ran, AsyncToolGuardTest::refused),
                guard.call(ALICE, "pay", "[]", AsyncToolGuardTest::ran, AsyncToolGuardTest::refused),
                guard.call(null, "pay", "{}", (arguments, permit) -> ran(arguments), AsyncToolGuardTest::refused),
                guard.call(ALICE, "p y", Map.of(), (arguments, permit) -> ran(arguments), AsyncToolGuardTest::refused));

        assertThat(answers).allSatisfy(answer -> assertThat(got(answer)).isEqualTo("refused: MALFORMED_CALL"));
        assertThat(records).hasSize(4).allMatch(AuditRecord.Malformed.class::isInstance);
        Refusal hidden = got(guard.<Refusal>call(
                ALICE, "secret_tool", "{", arguments -> new CompletableFuture<>(), refusal -> refusal));
        assertThat(hidden.asUnknownTool()).isTrue();
    }

    @Test
    void whoGivesUpWhileItIsDecidedRunsNothingAndKeepsNothing() throws Exception {
        counters.holding();
        CompletableFuture<String> answer = guard.call(
                        PAY,
                        arguments -> {
                            throw new AssertionError("it ran");
                        },
                        AsyncToolGuardTest::refused)
                .toCompletableFuture();
        assertThat(left()).isEqualTo("7");

        answer.cancel(false);
        counters.letGo();

        assertThat(soon(() -> left().equals("10"))).isTrue();
        assertThat(results()).isEmpty();
    }

    @Test
    void whoGivesUpOnceItIsAllowedKeepsNothingEither() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Decision allowed = got(AsyncEvaluator.of(evaluator, hosts).evaluate(PAY));
        answer.cancel(false);

        ToolGuard.around(evaluator)
                .begin(
                        new Judgement(allowed, ""),
                        PAY,
                        (arguments, permit) -> ran(arguments),
                        AsyncToolGuardTest::refused,
                        answer);

        assertThat(soon(() -> results().equals(List.of(Result.REFUNDED)))).isTrue();
        assertThat(left()).isEqualTo("10");
    }

    @Test
    void executorThatTakesNoMoreWorkRefusesTheCall() throws Exception {
        counters.holding();
        AsyncToolGuard full = AsyncToolGuard.around(AsyncEvaluator.of(evaluator, work -> {
            throw new RejectedExecutionException("full");
        }));
        CompletionStage<String> answer = full.call(PAY, AsyncToolGuardTest::ran, AsyncToolGuardTest::refused);
        counters.letGo();

        assertThat(got(answer)).isEqualTo("refused: CHECK_FAILED");
        assertThat(left()).isEqualTo("10");
    }

    @Test
    void nothingIsAMistake() {
        Function<Map<String, Object>, CompletionStage<String>> none = null;

        assertThatNullPointerException().isThrownBy(() -> AsyncToolGuard.around(null));
        assertThatNullPointerException().isThrownBy(() -> guard.call(PAY, none, AsyncToolGuardTest::refused));
        assertThatNullPointerException().isThrownBy(() -> guard.call(PAY, AsyncToolGuardTest::ran, null));
        assertThatNullPointerException()
                .isThrownBy(() -> guard.call((ToolCall) null, AsyncToolGuardTest::ran, AsyncToolGuardTest::refused));
        assertThat(records).isEmpty();
    }

    /** As the README shows it. */
    private record Dispatcher(
            AsyncToolGuard guard, Map<String, Function<Map<String, Object>, CompletionStage<String>>> tools) {
        CompletionStage<String> dispatch(Identity who, String tool, String argumentsJson) {
            return guard.call(
                    who,
                    tool,
                    argumentsJson,
                    arguments -> tools.get(tool).apply(arguments),
                    refusal -> "refused: " + refusal.message());
        }
    }

    @Test
    void readmesDispatcherRunsWhatIsAllowed() {
        Dispatcher dispatcher = new Dispatcher(
                guard, Map.of("pay", arguments -> CompletableFuture.completedStage("paid " + arguments.get("amount"))));

        assertThat(got(dispatcher.dispatch(ALICE, "pay", "{\"amount\": 3}"))).isEqualTo("paid 3");
        assertThat(got(dispatcher.dispatch(ALICE, "pay", "{\"amount\": 8}"))).isEqualTo("refused: retry in 43200 s");
        assertThat(got(dispatcher.dispatch(ALICE, "unheard_of", "{}"))).startsWith("refused: ");
    }
}
