package dev.toolpolicy;

import static dev.toolpolicy.AsyncEvaluatorTest.got;
import static dev.toolpolicy.AsyncEvaluatorTest.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.PolicyListener.Decided;
import dev.toolpolicy.approval.AskedQuestion.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who no longer waits, or has waited long enough: nothing that was taken is kept, and no approval is held for ever. */
class AsyncGivingUpTest extends AsyncSpending {
    @Test
    void decisionThatIsCancelledIsDeniedRecordedAndGivesBackWhatItTakes() throws Exception {
        CompletableFuture<Decision> decided =
                AsyncEvaluator.of(later().build(), hosts).evaluate(pay(5)).toCompletableFuture();
        assertThat(left()).isEqualTo("5");

        assertThat(decided.cancel(false)).isTrue();
        counters.letGo();

        assertThat(soon(() -> left().equals("10"))).isTrue();
        assertThat(soon(() -> heard.size() == 1)).isTrue();
        assertThat(cause()).isInstanceOf(CancellationException.class);
    }

    @Test
    void whoCancelsWhileItIsRecordedKeepsNothingEither() throws Exception {
        CountDownLatch recording = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AsyncEvaluator evaluator = AsyncEvaluator.of(
                builder()
                        .counters(counters)
                        .audit(record -> {
                            recording.countDown();
                            await(goOn);
                        })
                        .build(),
                hosts);
        CompletableFuture<Decision> decided = evaluator.evaluate(pay(5)).toCompletableFuture();
        counters.letGo();
        await(recording);

        decided.cancel(false);
        goOn.countDown();

        assertThat(soon(() -> left().equals("10"))).isTrue();
    }

    @Test
    void whoCancelsAsksNobody() throws Exception {
        CompletableFuture<Decision> decided = AsyncEvaluator.of(later().build(), Runnable::run)
                .evaluate(pay(6))
                .toCompletableFuture();
        decided.cancel(false);
        counters.letGo();

        assertThat(people.pending()).isEmpty();
        assertThat(counters.held()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void approvalIsLetGoOfThoughTheCountersNeverAnswer(boolean cancelled) throws Exception {
        String id = approved();
        Evaluator evaluator = cancelled
                ? later().build()
                : later().timeLimit(Duration.ofMillis(300)).build();
        try (evaluator) {
            CompletableFuture<Decision> decided =
                    AsyncEvaluator.of(evaluator, hosts).evaluate(pay(6)).toCompletableFuture();
            counters.letGo();
            assertThat(soon(() -> counters.held() == 1)).isTrue();
            assertThat(people.claim(id)).as("it is held").isEmpty();
            if (cancelled) decided.cancel(false);

            assertThat(soon(() -> people.claim(id)
                            .map(claim -> {
                                claim.release();
                                return claim;
                            })
                            .isPresent()))
                    .isTrue();
            // What is answered after all is given back, and uses nothing up.
            counters.letGo();
            counters.letGo();
            assertThat(soon(() -> left().equals("10"))).isTrue();
            assertThat(state(id)).isEqualTo(State.APPROVED);
            assertThat(heard).singleElement().satisfies(last -> assertFailed(last.decision()));
        }
    }

    @Test
    void whatIsDecidedInTimeIsNotGivenUpAsWell() throws Exception {
        try (Evaluator limited = builder()
                .counters(inMemory)
                .listener(heard::add)
                .timeLimit(Duration.ofMinutes(1))
                .build()) {
            assertThat(got(AsyncEvaluator.of(limited, hosts).evaluate(pay(5))).allowed())
                    .isTrue();
            Thread.sleep(300); // to give up is told on another thread, and here it must not be

            assertThat(heard).hasSize(1);
            assertThat(left()).isEqualTo("5");
        }
    }

    @Test
    void whatTakesTooLongDeniesWithoutAThreadAndGivesBackWhatItTookLater() throws Exception {
        try (Evaluator limited = later().timeLimit(Duration.ofMillis(50)).build()) {
            AsyncEvaluator evaluator = AsyncEvaluator.of(limited, hosts);
            List<CompletionStage<Decision>> decided = new ArrayList<>();
            for (int i = 0; i < 10; i++) decided.add(evaluator.evaluate(pay(1)));

            for (CompletionStage<Decision> each : decided) assertFailed(got(each));
            assertThat(heard)
                    .extracting(Decided::cause)
                    .allSatisfy(cause -> assertThat(cause).get().isInstanceOf(TimeoutException.class));
            assertThat(left()).isEqualTo("0");
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().equals("toolpolicy-decision"));

            for (int i = 0; i < 10; i++) counters.letGo();
            for (int i = 0; i < 10; i++) counters.letGo();
            assertThat(soon(() -> left().equals("10"))).isTrue();
        }
    }

    @Test
    void timeThatPassesBeforeTheExecutorGetsToItCountsToo() throws Exception {
        BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
        try (Evaluator limited = later().timeLimit(Duration.ofMillis(50)).build()) {
            CompletionStage<Decision> decided =
                    AsyncEvaluator.of(limited, waiting::add).evaluate(pay(5));
            counters.letGo();

            assertFailed(got(decided));
            assertThat(waiting).as("the answer").hasSize(1);
            waiting.take().run();
            counters.letGo();
            assertThat(left()).isEqualTo("10");
        }
    }

    @Test
    void sourceThatTakesTooLongDeniesThoughItRunsInTheThreadThatCalls() throws Exception {
        CountDownLatch said = new CountDownLatch(1);
        PolicySource slow = who -> {
            await(said);
            return Optional.of(SPEND);
        };
        try (Evaluator limited = Evaluator.builder(slow)
                .counters(counters)
                .approvals(people)
                .clock(clock)
                .listener(decided -> said.countDown())
                .timeLimit(Duration.ofMillis(20))
                .build()) {
            assertFailed(got(AsyncEvaluator.of(limited, hosts).evaluate(pay(5))));
        }
        assertThat(counters.held()).as("nothing is taken for it").isZero();
    }

    @Test
    void aDecisionInTimeIsAsGoodAsOneWithoutALimit() throws Exception {
        try (Evaluator limited = later().timeLimit(Duration.ofSeconds(30)).build()) {
            CompletionStage<Decision> decided =
                    AsyncEvaluator.of(limited, hosts).evaluate(pay(5));
            counters.letGo();
            assertThat(got(decided).allowed()).isTrue();
        }
    }

    @Test
    void candidateThatHangsCostsItsOwnTimeAlone() throws Exception {
        Evaluator shadowed = builder()
                .counters(counters)
                .shadow(PolicySource.of(SPEND))
                .listener(heard::add)
                .timeLimit(Duration.ofMillis(50))
                .build();
        try (shadowed) {
            CompletionStage<Decision> decided =
                    AsyncEvaluator.of(shadowed, work -> work.run()).evaluate(ToolCall.of(ALICE, "other", Map.of()));
            assertThat(((Deny) got(decided)).reason().code()).isEqualTo(Reason.Code.NOT_LISTED);

            CompletionStage<Decision> counted =
                    AsyncEvaluator.of(shadowed, work -> work.run()).evaluate(pay(11));
            assertThat(((Deny) got(counted)).reason().code()).isEqualTo(Reason.Code.INVALID_AMOUNT);

            CompletionStage<Decision> hanging =
                    AsyncEvaluator.of(shadowed, work -> work.run()).evaluate(pay(5));
            assertFailed(got(hanging));
            assertThat(heard.get(2).shadow()).contains(CompiledPolicy.CHECK_FAILED);
        }
    }
}
