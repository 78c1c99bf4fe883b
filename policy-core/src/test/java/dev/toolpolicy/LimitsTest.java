package dev.toolpolicy;

import static dev.toolpolicy.PolicyText.policy;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Decision.RateLimited;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import dev.toolpolicy.spi.Taking.Spent;
import dev.toolpolicy.spi.Taking.Taken;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an evaluator makes of limits: permits, reloads, what only looks, and counters that fail. */
class LimitsTest {
    private static final Identity ALICE = Identity.of("alice");
    private static final Policy SPEND = spend(10);

    private final TestClock clock = new TestClock("2026-01-01T12:00:00Z");
    private final Bucket4jCounters counters = Bucket4jCounters.inMemory();
    private final Evaluator evaluator = evaluator(SPEND);

    private static Policy spend(int max) {
        return policy("'default':'deny','tools':{'pay':{'limits':[{'counter':'spend','window':'day','max':" + max
                + ",'scope':'grant','amount':'args.amount','decimals':2}]},'call':{'limits':["
                + "{'counter':'calls','window':'day','max':100,'scope':'grant'}]},'both':{'limits':["
                + "{'counter':'spend','window':'day','max':" + max
                + ",'scope':'grant','amount':'args.amount','decimals':2},"
                + "{'counter':'calls','window':'day','max':100,'scope':'grant'}]}}");
    }

    private Evaluator evaluator(Policy policy) {
        return evaluator(PolicySource.of(policy));
    }

    private Evaluator evaluator(PolicySource source) {
        return Evaluator.builder(source).counters(counters).clock(clock).build();
    }

    private static ToolCall pay(Object amount) {
        return ToolCall.of(ALICE, "pay", Map.of("amount", amount));
    }

    private Permit permit(ToolCall call) {
        return ((Allow) evaluator.evaluate(call)).permit();
    }

    private BigDecimal left() {
        return left(evaluator);
    }

    private static BigDecimal left(Evaluator evaluator) {
        return evaluator.explain(pay(0)).counted().get(0).left();
    }

    // Permits

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

    // Reloads

    @Test
    void aReloadKeepsWhatWasUsed() {
        AtomicReference<Policy> current = new AtomicReference<>(spend(100));
        Evaluator reloaded = evaluator((PolicySource) who -> Optional.of(current.get()));
        assertThat(reloaded.evaluate(pay(60)).allowed()).isTrue();

        for (int max : new int[] {200, 20, 100, 61}) {
            current.set(spend(max));
            assertThat(left(reloaded)).isEqualByComparingTo(BigDecimal.valueOf(Math.max(0, max - 60)));
        }
        // And where the counter was gone for a while.
        current.set(policy("'default':'allow'"));
        assertThat(reloaded.evaluate(pay(1000)).allowed()).isTrue();
        current.set(spend(100));
        assertThat(left(reloaded)).isEqualByComparingTo("40");
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
    void settlingCountsThoughTheSourceFails() {
        AtomicReference<Policy> current = new AtomicReference<>(SPEND);
        Evaluator failing =
                evaluator((PolicySource) who -> Optional.of(requireNonNull(current.get(), "the store is gone")));
        Permit permit = ((Allow) failing.evaluate(pay(1))).permit();

        current.set(null);
        assertThat(permit.settle("spend", new BigDecimal("4"))).isTrue();
        assertThat(left()).isEqualByComparingTo("6");
    }

    @ParameterizedTest
    @MethodSource("otherCounters")
    void policiesOfTwoGrantsThatDisagreeOnASharedCounterAreRefused(String limit, String other) {
        Policy one = limited(limit);
        Policy two = limited(other);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicySource.byGrant(Map.of("alice", one, "bob", two)))
                .withMessageContaining("`c`");
    }

    static List<List<String>> pairs() {
        String global = "'counter':'c','window':'day','max':5,'scope':'global'";
        return List.of(
                List.of(global, global.replace("5", "6")),
                List.of(global, global.replace("day", "hour")),
                List.of(global, global.replace("global", "identity.tenant")),
                List.of(global, global.replace("global", "grant")),
                List.of(global, global + ",'decimals':1"));
    }

    static List<Arguments> otherCounters() {
        return pairs().stream()
                .map(pair -> Arguments.of(pair.get(0), pair.get(1)))
                .toList();
    }

    private static Policy limited(String limit) {
        return policy("'default':'deny','tools':{'t':{'limits':[{" + limit + "}]}}");
    }

    @Test
    void policiesOfTwoGrantsMayDifferInTheirOwnCounters() {
        String own = "'counter':'c','window':'day','max':5,'scope':'grant'";
        String global = "'counter':'g','window':'day','max':5,'scope':'global'";

        assertThat(PolicySource.byGrant(Map.of(
                        "alice",
                        limited(own),
                        "bob",
                        limited(own.replace("5", "6").replace("day", "hour")))))
                .isNotNull();
        assertThat(PolicySource.byGrant(Map.of("alice", limited(global), "bob", limited(global))))
                .isNotNull();
    }

    // What only looks

    @Test
    void explainTakesNothingAndSaysWhatIsLeft() {
        permit(pay(4));

        for (int i = 0; i < 3; i++)
            assertThat(evaluator.explain(pay(6)).decision().allowed()).isTrue();
        assertThat(evaluator.explain(pay(6)).counted())
                .containsExactly(new Explanation.Counted(
                        "/tools/pay/limits/0",
                        "spend",
                        new BigDecimal("6.00"),
                        new BigDecimal("6.00"),
                        Duration.ofHours(12)));
        assertThat(evaluator.explain(pay(6.01)).decision()).isEqualTo(evaluator.evaluate(pay(6.01)));
    }

    @Test
    void theShadowIsJudgedByWhatWasUsedBeforeAndTakesNothing() {
        List<PolicyListener.Decided> heard = new ArrayList<>();
        Evaluator shadowed = Evaluator.builder(SPEND)
                .shadow(PolicySource.of(spend(4)))
                .listener(heard::add)
                .counters(counters)
                .clock(clock)
                .build();

        for (int i = 0; i < 3; i++) shadowed.evaluate(pay(2));

        assertThat(heard).extracting(decided -> decided.decision().allowed()).containsExactly(true, true, true);
        assertThat(heard)
                .extracting(decided -> decided.shadow().orElseThrow().allowed())
                .containsExactly(true, true, false);
        assertThat(left()).isEqualByComparingTo("4");
    }

    @Test
    void namespacesAreCountedApart() {
        Evaluator other = Evaluator.builder(SPEND)
                .counters(counters)
                .clock(clock)
                .namespace("other")
                .build();

        assertThat(evaluator.evaluate(pay(10)).allowed()).isTrue();
        assertThat(other.evaluate(pay(10)).allowed()).isTrue();
        assertThat(other.evaluate(pay(10)).allowed()).isFalse();
    }

    @Test
    void theClockIsReadOnceAndOnlyWhereSomethingIsCounted() {
        AtomicInteger reads = new AtomicInteger();
        InstantSource counted = () -> {
            reads.incrementAndGet();
            return clock.instant();
        };
        Policy policy = policy("'default':'deny','tools':{'free':{},'t':{'limits':["
                + "{'counter':'a','window':'day','max':5,'scope':'grant'},"
                + "{'counter':'b','window':'day','max':5,'scope':'global'}]}}");
        Evaluator reading =
                Evaluator.builder(policy).counters(counters).clock(counted).build();

        reading.evaluate(ToolCall.of(ALICE, "free", Map.of()));
        reading.evaluate(ToolCall.of(ALICE, "unlisted", Map.of()));
        assertThat(reads).hasValue(0);
        reading.evaluate(ToolCall.of(ALICE, "t", Map.of()));
        assertThat(reads).hasValue(1);
    }

    // Counters that fail

    /** Counters that answer as they are told to. */
    private record Answering(Taking taking, List<Left> left) implements Counters {
        @Override
        public List<Left> look(List<Charge> charges, Instant now) {
            return left;
        }

        @Override
        public Taking take(List<Charge> charges, Instant now) {
            return taking;
        }

        @Override
        public void change(Charge charge, long window, long more) {}
    }

    static List<Counters> lyingCounters() {
        Left enough = new Left(1_000, 1, Duration.ofSeconds(1));
        Left tooMuch = new Left(1L << 50, 1, Duration.ofSeconds(1));
        return List.of(
                new Answering(null, null),
                new Answering(new Taken(List.of()), List.of()),
                new Answering(new Taken(List.of(1L, 2L)), List.of(enough, enough)),
                new Answering(new Spent(1, new Left(0, 1, Duration.ofSeconds(1))), List.of()),
                new Answering(new Spent(0, enough), List.of()),
                new Answering(new Spent(0, tooMuch), List.of()));
    }

    @ParameterizedTest
    @MethodSource("lyingCounters")
    void answerThatCannotBeDenies(Counters lying) {
        assertFailed(Evaluator.builder(SPEND).counters(lying).build().evaluate(pay(5)));
    }

    @Test
    void whatCountersThrowDeniesAndIsKeptForOperators() {
        for (Throwable thrown : Throwables.all()) {
            List<PolicyListener.Decided> heard = new ArrayList<>();
            Evaluator failed = Evaluator.builder(SPEND)
                    .counters(Throwables.counters(thrown))
                    .listener(heard::add)
                    .build();

            assertFailed(failed.evaluate(pay(5)));
            assertThat(heard).extracting(PolicyListener.Decided::cause).containsExactly(Optional.of(thrown));
            assertThat(failed.explain(pay(5)).cause()).contains(thrown);
        }
    }

    private static void assertFailed(Decision decision) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Deny.class, deny -> assertThat(deny.reason().code()).isEqualTo(Reason.Code.CHECK_FAILED));
    }

    /** Counters that hang until they are let go, and then do what they were asked. */
    private static final class Hanging implements Counters {
        final CountDownLatch letGo = new CountDownLatch(1);
        final CountDownLatch given = new CountDownLatch(1);
        private final Counters counters;

        Hanging(Counters counters) {
            this.counters = counters;
        }

        private void hang() {
            boolean waiting = true;
            while (waiting) {
                try {
                    letGo.await();
                    waiting = false;
                } catch (InterruptedException e) {
                    // As a driver that does not care.
                }
            }
        }

        @Override
        public List<Left> look(List<Charge> charges, Instant now) {
            hang();
            return counters.look(charges, now);
        }

        @Override
        public Taking take(List<Charge> charges, Instant now) {
            hang();
            return counters.take(charges, now);
        }

        @Override
        public void change(Charge charge, long window, long more) {
            counters.change(charge, window, more);
            given.countDown();
        }
    }

    @Test
    void whatTakesTooLongDeniesAndGivesBackWhatItTakesLater() throws Exception {
        Hanging hanging = new Hanging(counters);
        try (Evaluator limited = Evaluator.builder(SPEND)
                .counters(hanging)
                .clock(clock)
                .timeLimit(Duration.ofMillis(50))
                .build()) {
            assertFailed(limited.evaluate(pay(5)));
            assertFailed(limited.explain(pay(5)).decision());

            hanging.letGo.countDown();
            assertThat(hanging.given.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(left()).isEqualByComparingTo("10");
        }
    }

    @Test
    void moreThatHangThanThereAreThreadsAreDeniedAtOnceAndTheThreadsEnd() throws Exception {
        Hanging hanging = new Hanging(counters);
        Evaluator limited = Evaluator.builder(SPEND)
                .counters(hanging)
                .timeLimit(Duration.ofMillis(1))
                .build();

        for (int i = 0; i < 400; i++) assertFailed(limited.evaluate(pay(0.01)));

        assertThat(decisionThreads()).hasSizeBetween(1, 256).allMatch(Thread::isDaemon);
        limited.close();
        hanging.letGo.countDown();
        for (Thread thread : decisionThreads()) thread.join(30_000);
        assertThat(decisionThreads()).isEmpty();
        assertFailed(limited.evaluate(pay(0.01)));
    }

    private static List<Thread> decisionThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("toolpolicy-decision"))
                .toList();
    }

    @Test
    void aDecisionInTimeIsAsGoodAsOneWithoutALimit() {
        try (Evaluator limited = Evaluator.builder(SPEND)
                .counters(counters)
                .clock(clock)
                .timeLimit(Duration.ofSeconds(30))
                .build()) {
            assertThat(limited.evaluate(pay(10)).allowed()).isTrue();
            assertThat(limited.evaluate(pay(1))).isInstanceOf(RateLimited.class);
            assertThat(limited.visible(ALICE, "pay")).isTrue();
        }
    }

    @Test
    void aCandidateThatHangsTakesNoThreadFromThePolicy() throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        try (Evaluator shadowed = Evaluator.builder(policy("'default':'deny','tools':{'t':{}}"))
                .shadow(who -> {
                    while (letGo.getCount() > 0) LockSupport.parkNanos(1_000_000);
                    return Optional.empty();
                })
                .listener(decided -> {})
                .timeLimit(Duration.ofSeconds(5))
                .build()) {
            // The live decisions have threads to spare, though each call leaves one behind that hangs.
            assertThat(shadowed.evaluate(ToolCall.of(ALICE, "t", Map.of())).allowed())
                    .isTrue();
        } finally {
            letGo.countDown();
        }
    }

    @Test
    void whatCouldNotBeCountedIsDeniedByBoth() {
        Evaluator small = Evaluator.builder(SPEND)
                .counters(Bucket4jCounters.inMemory(1))
                .clock(clock)
                .build();
        assertThat(small.evaluate(ToolCall.of(Identity.of("bob"), "call", Map.of()))
                        .allowed())
                .isTrue();

        assertFailed(small.evaluate(pay(1)));
        assertFailed(small.explain(pay(1)).decision());
    }

    @Test
    void timeLimitOfNothingIsAMistake() {
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Evaluator.builder(SPEND).timeLimit(wrong));
        }
    }
}
