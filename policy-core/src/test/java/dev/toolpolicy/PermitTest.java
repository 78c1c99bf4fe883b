package dev.toolpolicy;

import static dev.toolpolicy.PolicyText.policy;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.RateLimited;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a permit gives back and takes, once, in its own window and by the policy of now. */
class PermitTest extends Spending {
    @Test
    void refundGivesBackOnceWhatWasTaken() {
        Permit permit = permit(pay(7));

        assertThat(permit.refund()).isTrue();
        assertThat(left()).isEqualByComparingTo("10");
        assertThat(permit.refund()).isFalse();
        assertThat(permit.settle("spend", BigDecimal.TEN)).isFalse();
        assertThat(left()).isEqualByComparingTo("10");
    }

    @Test
    void settlingForLessGivesBackTheRest() {
        Permit permit = permit(pay(7));

        assertThat(permit.settle("spend", new BigDecimal("2.341"))).isTrue();
        assertThat(left()).isEqualByComparingTo("7.65");
        assertThat(permit.settle("spend", BigDecimal.ZERO)).isFalse();
        assertThat(permit.refund()).isFalse();
        assertThat(left()).isEqualByComparingTo("7.65");
    }

    @Test
    void settlingForAsMuchAsWasTakenAsksNobody() {
        Evaluator unchanging = Evaluator.builder(SPEND)
                .counters(new ChangedBy(counters, (charge, window, more) -> {
                    throw new AssertionError("there is nothing to change");
                }))
                .clock(clock)
                .build();

        assertThat(((Allow) unchanging.evaluate(pay(3))).permit().settle("spend", new BigDecimal("3")))
                .isTrue();
        assertThat(((Allow) unchanging.evaluate(pay(3))).permit().settleAsync("spend", new BigDecimal("3")))
                .isCompletedWithValue(true);
        assertThat(left()).isEqualByComparingTo("4");
    }

    @Test
    void aPermitIsShownByTheCountersThatWereCharged() {
        Evaluator heard = Evaluator.builder(SPEND)
                .counters(counters)
                .clock(clock)
                .listener(decided -> {})
                .build();

        assertThat(((Allow) heard.evaluate(pay(7))).permit()).hasToString("Permit[spend]");
        assertThat(Permit.NOTHING_TAKEN).hasToString("Permit[nothing taken]");
    }

    @Test
    void settlingForMoreTakesWhatIsLeftDownToNothing() {
        Permit permit = permit(pay(1));
        Permit other = permit(pay(2));

        assertThat(permit.settle("spend", new BigDecimal("4"))).isTrue();
        assertThat(left()).isEqualByComparingTo("4");
        assertThat(other.settle("spend", new BigDecimal("1e1000000000"))).isTrue();
        assertThat(left()).isEqualByComparingTo("0");
        assertThat(evaluator.evaluate(pay(0.01))).isInstanceOf(RateLimited.class);
    }

    @Test
    void whatWasFreeMayBeSettledForWhatItCame() {
        assertThat(permit(pay(0)).settle("spend", new BigDecimal("1e-1000000000")))
                .isTrue();
        assertThat(left()).isEqualByComparingTo("9.99");
    }

    @Test
    void eachCounterIsSettledOrRefundedByItself() {
        Permit permit = permit(ToolCall.of(ALICE, "both", Map.of("amount", 5)));

        assertThat(permit.settle("spend", BigDecimal.ONE)).isTrue();
        assertThat(permit.refund()).isTrue();
        assertThat(left()).isEqualByComparingTo("9");
        assertThat(evaluator.explain(ToolCall.of(ALICE, "call", Map.of())).counted())
                .extracting(Explanation.Counted::left)
                .containsExactly(new BigDecimal("100"));
        assertThat(permit.settle("calls", BigDecimal.ONE)).isFalse();
    }

    @Test
    void whatTheCallDidNotChargeIsNotSettled() {
        assertThat(permit(pay(1)).settle("calls", BigDecimal.ONE)).isFalse();
        assertThat(Permit.NOTHING_TAKEN.settle("spend", BigDecimal.ONE)).isFalse();
        assertThat(Permit.NOTHING_TAKEN.refund()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Permit.NOTHING_TAKEN.settle("spend", BigDecimal.ONE.negate()));
    }

    @Test
    void settlingForWhatIsNoAmountIsAMistakeAndSettlesNothing() {
        Permit permit = permit(pay(1));

        assertThatIllegalArgumentException().isThrownBy(() -> permit.settle("spend", new BigDecimal("-0.01")));
        assertThatNullPointerException().isThrownBy(() -> permit.settle("spend", null));
        assertThatNullPointerException().isThrownBy(() -> permit.settle(null, BigDecimal.ONE));
        assertThat(permit.refund()).isTrue();
    }

    @Test
    void aPermitReachesNoOtherWindow() {
        Permit yesterday = permit(pay(10));
        clock.advance(Duration.ofHours(12));
        permit(pay(10));

        assertThat(yesterday.refund()).isTrue();
        assertThat(left()).isEqualByComparingTo("0");
    }

    @Test
    void ofManyThreadsOneRefunds() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 200; round++) {
                Permit permit = permit(pay(2));
                CountDownLatch start = new CountDownLatch(1);
                List<Future<Boolean>> all = new ArrayList<>();
                for (int t = 0; t < 8; t++) {
                    boolean refunds = t % 2 == 0;
                    all.add(threads.submit(() -> {
                        start.await();
                        return refunds ? permit.refund() : permit.settle("spend", BigDecimal.ZERO);
                    }));
                }
                start.countDown();
                int first = 0;
                for (Future<Boolean> one : all) if (one.get()) first++;
                assertThat(first).isEqualTo(1);
                assertThat(left()).isEqualByComparingTo("10");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void settlingTakesOfWhatIsLeftByTheMaxOfNow() {
        AtomicReference<Policy> current = new AtomicReference<>(spend(10));
        Evaluator reloaded = evaluator((PolicySource) who -> Optional.of(current.get()));
        Permit permit = ((Allow) reloaded.evaluate(pay(5))).permit();
        Permit other = ((Allow) reloaded.evaluate(pay(5))).permit();

        current.set(spend(100));
        assertThat(permit.settle("spend", new BigDecimal("80"))).isTrue();
        assertThat(left(reloaded)).isEqualByComparingTo("15");

        current.set(spend(90));
        assertThat(other.settle("spend", new BigDecimal("50"))).isTrue();
        assertThat(left(reloaded)).isEqualByComparingTo("0");
        current.set(spend(100));
        assertThat(left(reloaded)).isEqualByComparingTo("10");
    }

    @Test
    void settlingTakesOfWhatIsLeftThoughTheToolIsNotChargedAnyMore() {
        AtomicReference<Policy> current = new AtomicReference<>(spend(10));
        Evaluator reloaded = evaluator((PolicySource) who -> Optional.of(current.get()));
        Permit permit = ((Allow) reloaded.evaluate(pay(1))).permit();

        current.set(policy("'default':'allow','tools':{'buy':{'limits':[{'counter':'spend','window':'day','max':2,"
                + "'scope':'grant','amount':'args.amount','decimals':2}]}}"));
        assertThat(permit.settle("spend", new BigDecimal("8"))).isTrue();
        current.set(spend(10));
        assertThat(left(reloaded)).isEqualByComparingTo("8");
    }

    @Test
    void settlingCountsThoughTheSourceFails() {
        AtomicReference<Policy> current = new AtomicReference<>(SPEND);
        Evaluator failing =
                evaluator((PolicySource) who -> Optional.of(requireNonNull(current.get(), "the store is gone")));
        Permit permit = ((Allow) failing.evaluate(pay(1))).permit();

        current.set(null);
        assertThat(permit.settle("spend", new BigDecimal("4"))).isTrue();
        assertThat(left()).isEqualByComparingTo("6");
    }

    /** A host may put a permit of its own around ours. */
    @Test
    void whoOnlyKnowsHowToWaitIsAskedAtOnce() {
        Permit own = new Permit() {
            @Override
            public boolean refund() {
                return true;
            }

            @Override
            public boolean settle(String counter, BigDecimal actual) {
                return counter.equals("spend");
            }

            @Override
            public void done() {}

            @Override
            public void failed() {}
        };

        assertThat(own.refundAsync()).isCompletedWithValue(true);
        assertThat(own.settleAsync("spend", BigDecimal.ONE)).isCompletedWithValue(true);
        assertThat(own.settleAsync("calls", BigDecimal.ONE)).isCompletedWithValue(false);
        assertThatIllegalArgumentException().isThrownBy(() -> own.settleAsync("spend", BigDecimal.ONE.negate()));
    }
}
