package dev.toolpolicy;

import static dev.toolpolicy.AsyncEvaluatorTest.got;
import static dev.toolpolicy.PolicyText.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.spi.Approvals;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong while nobody waits: the call is denied, nothing it took is kept, and no approval is held for ever. */
class AsyncFaultsTest extends AsyncSpending {
    // Counters

    /** Counters that fail as they are told to. */
    private record Failing(Throwable thrown, boolean throwing) implements Counters {
        private <T> CompletionStage<T> fail() {
            if (throwing) Throwables.sneak(thrown);
            return CompletableFuture.failedStage(thrown);
        }

        @Override
        public CompletionStage<List<Left>> lookAsync(List<Charge> charges, Instant now) {
            return fail();
        }

        @Override
        public CompletionStage<Taking> takeAsync(List<Charge> charges, Instant now) {
            return fail();
        }

        @Override
        public CompletionStage<Boolean> changeAsync(Charge charge, long window, long more) {
            return fail();
        }

        @Override
        public List<Left> look(List<Charge> charges, Instant now) {
            throw new AssertionError("somebody waits");
        }

        @Override
        public Taking take(List<Charge> charges, Instant now) {
            throw new AssertionError("somebody waits");
        }

        @Override
        public void change(Charge charge, long window, long more) {
            throw new AssertionError("somebody waits");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.toolpolicy.Throwables#all")
    void whatCountersThrowDeniesAndIsKeptForOperators(Throwable thrown) {
        for (boolean throwing : List.of(true, false)) {
            AsyncEvaluator failing = AsyncEvaluator.of(
                    later().counters(new Failing(thrown, throwing)).build(), hosts);
            for (int amount : List.of(5, 6)) {
                assertFailed(got(failing.evaluate(pay(amount))));
                assertThat(cause()).isSameAs(thrown);
            }
        }
        assertThat(people.pending()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.toolpolicy.FailingCountersTest#lyingCounters")
    void answerThatCannotBeDenies(Counters lying) {
        assertFailed(
                got(AsyncEvaluator.of(builder().counters(lying).build(), hosts).evaluate(pay(5))));
        assertFailed(got(
                AsyncEvaluator.of(builder().counters(new LaterCounters(lying)).build(), hosts)
                        .evaluate(pay(5))));
    }

    @Test
    void countersThatAnswerWithNothingDeny() {
        Counters nothing = (Counters) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Counters.class}, (proxy, method, arguments) -> null);

        for (int amount : List.of(5, 6))
            assertFailed(got(
                    AsyncEvaluator.of(later().counters(nothing).build(), hosts).evaluate(pay(amount))));
        assertThat(heard).allMatch(decided -> decided.cause().isPresent());
    }

    @Test
    void refundThatFailsTellsSoAndIsNotTriedAgain() throws Exception {
        IllegalStateException away = new IllegalStateException("away");
        List<CompletionStage<Boolean>> asked = new ArrayList<>();
        Counters half = new ChangedBy(inMemory, (charge, window, more) -> {
            if (charge.counter().contains("broken")) throw away;
            inMemory.change(charge, window, more);
        });
        Permit permit = ((Allow) got(AsyncEvaluator.of(
                                Evaluator.builder(
                                                policy(
                                                        "'default':'deny','tools':{'pay':{'limits':["
                                                                + "{'counter':'broken','window':'hour','max':9,'scope':'grant'},"
                                                                + "{'counter':'spend','window':'hour','max':10,'scope':'grant','amount':'args.amount'}]}}"))
                                        .counters(half)
                                        .clock(clock)
                                        .build(),
                                hosts)
                        .evaluate(pay(5))))
                .permit();
        assertThat(left()).isEqualTo("5");

        asked.add(permit.refundAsync());

        assertThat(asked.get(0)).isCompletedExceptionally();
        assertThat(left()).as("the others get back what is theirs").isEqualTo("10");
        assertThat(got(permit.refundAsync())).isFalse();
        assertThat(got(permit.settleAsync("spend", BigDecimal.ONE))).isFalse();
    }

    // The executor

    @Test
    void executorThatTakesNoMoreWorkDeniesAndKeepsNothing() throws Exception {
        RejectedExecutionException full = new RejectedExecutionException("full");
        AsyncEvaluator evaluator = AsyncEvaluator.of(later().build(), work -> {
            throw full;
        });

        CompletionStage<Decision> decided = evaluator.evaluate(pay(5));
        assertThat(left()).isEqualTo("5");
        counters.letGo();

        assertFailed(got(decided));
        assertThat(cause()).isSameAs(full);
        assertThat(left()).isEqualTo("10");
    }

    @Test
    void executorThatTakesNoMoreWorkAsksNobodyAndLetsGoOfTheApproval() throws Exception {
        AtomicInteger room = new AtomicInteger();
        AsyncEvaluator evaluator = AsyncEvaluator.of(later().build(), work -> {
            if (room.getAndDecrement() <= 0) throw new RejectedExecutionException("full");
            work.run();
        });
        CompletionStage<Decision> asking = evaluator.evaluate(pay(6));
        counters.letGo();
        assertFailed(got(asking));
        assertThat(people.pending()).isEmpty();

        String id = approved();
        room.set(1);
        CompletionStage<Decision> taking = evaluator.evaluate(pay(6));
        counters.letGo();
        counters.letGo();
        assertFailed(got(taking));
        assertThat(state(id)).isEqualTo(State.APPROVED);
        assertThat(left()).isEqualTo("10");
        assertThat(sound.evaluate(pay(6)).allowed()).as("nobody holds it").isTrue();
    }

    @Test
    void executorThatThrowsAndRunsTheWorkAllTheSameDoesNotGiveBackWhatIsUsed() throws Exception {
        for (boolean runsFirst : List.of(true, false)) {
            List<Runnable> kept = Collections.synchronizedList(new ArrayList<>());
            AsyncEvaluator evaluator = AsyncEvaluator.of(later().build(), work -> {
                if (runsFirst) work.run();
                else kept.add(work);
                throw new OutOfMemoryError("unable to create native thread");
            });
            String before = left();

            CompletionStage<Decision> decided = evaluator.evaluate(pay(5));
            counters.letGo();
            boolean allowed = got(decided).allowed();
            kept.forEach(Runnable::run);

            assertThat(allowed).isEqualTo(runsFirst);
            assertThat(left()).isEqualTo(allowed ? "5" : before);
        }
    }

    // Approvals

    @ParameterizedTest
    @MethodSource("dev.toolpolicy.Throwables#all")
    void approvalsThatFailDenyAndLeaveTheLimitsAlone(Throwable thrown) throws Exception {
        String id = approved();
        for (String where : List.of("ask", "claim", "use")) {
            Approvals failing = new FailingApprovalsTest.Failing(people, where, thrown);
            CompletionStage<Decision> decided = AsyncEvaluator.of(
                            later().approvals(failing).build(), Runnable::run)
                    .evaluate(pay(6));
            counters.letGo();
            if (where.equals("use")) {
                counters.letGo();
                counters.letGo();
            }
            assertFailed(got(decided));
            assertThat(cause()).isSameAs(thrown);
            assertThat(left()).isEqualTo("10");
            assertThat(state(id)).isEqualTo(State.APPROVED);
        }
        assertThat(sound.evaluate(pay(6)).allowed()).isTrue();
    }

    // The stack

    @Test
    void whereTheStackEndsEveryStageThatWasGivenIsComplete() throws Exception {
        Policy policy = policy("'default':'deny','tools':{'pay':{'limits':["
                + "{'counter':'calls','window':'hour','max':1000000,'scope':'grant'}]}}");
        // Deeper than what a JVM adds to a stack where it has ended: else there may be room for every decision.
        Evaluator evaluator = Evaluator.builder(who -> depth(1_000) == 1_000 ? Optional.of(policy) : Optional.empty())
                .counters(inMemory)
                .clock(clock)
                .audit(record -> {})
                .build();
        AsyncEvaluator async = AsyncEvaluator.of(evaluator, hosts);
        // A class that is first used where there is no room for that stays unusable, for every other test.
        for (int i = 0; i < 100; i++) {
            assertThat(got(async.evaluate(pay(1))).allowed()).isTrue();
            async.evaluate(pay(1)).toCompletableFuture().cancel(false);
            for (boolean throwing : List.of(true, false))
                assertFailed(got(AsyncEvaluator.of(
                                later().counters(new Failing(new StackOverflowError(), throwing))
                                        .build(),
                                hosts)
                        .evaluate(pay(5))));
        }
        List<CompletionStage<Decision>> given = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            Thread deep = new Thread(null, () -> descend(async, given, 1_000_000), "deep", (256 + 8L * round) * 1024);
            deep.start();
            deep.join(60_000);
        }

        assertThat(given.stream().filter(stage -> !stage.toCompletableFuture().isDone()))
                .isEmpty();
        List<Decision> decisions = given.stream().map(AsyncEvaluatorTest::got).toList();
        assertThat(decisions.contains(CompiledPolicy.CHECK_FAILED)).isTrue();
        assertThat(decisions.stream().filter(Decision::allowed).count())
                .as("nothing is allowed that was not counted")
                .isPositive()
                .isLessThanOrEqualTo(1_000_000
                        - evaluator.explain(pay(1)).counted().get(0).left().longValueExact());
    }

    private static int depth(int more) {
        return more == 0 ? 0 : 1 + depth(more - 1);
    }

    /** Decides at every depth, from where no more fits on the stack. */
    private static void descend(AsyncEvaluator async, List<CompletionStage<Decision>> given, int more) {
        try {
            if (more > 0) descend(async, given, more - 1);
        } catch (StackOverflowError e) {
            // This is as deep as it gets.
        }
        given.add(async.evaluate(pay(1)));
    }
}
