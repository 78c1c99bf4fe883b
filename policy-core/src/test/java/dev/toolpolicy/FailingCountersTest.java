package dev.toolpolicy;

import static dev.toolpolicy.PolicyText.policy;
import static dev.toolpolicy.Spending.ALICE;
import static dev.toolpolicy.Spending.SPEND;
import static dev.toolpolicy.Spending.pay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Decision.RateLimited;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import dev.toolpolicy.spi.Taking.Spent;
import dev.toolpolicy.spi.Taking.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Counters that throw, lie, hang or have no room: the call is denied, and nothing leaks. */
class FailingCountersTest {
    private final TestClock clock = new TestClock("2026-01-01T12:00:00Z");
    private final Bucket4jCounters counters = Bucket4jCounters.inMemory();
    private final Evaluator evaluator =
            Evaluator.builder(SPEND).counters(counters).clock(clock).build();

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
        final CountDownLatch taking = new CountDownLatch(1);
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
            taking.countDown();
            hang();
            return counters.take(charges, now);
        }

        @Override
        public void change(Charge charge, long window, long more) {
            counters.change(charge, window, more);
            given.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTakesTooLongDeniesAndGivesBackWhatItTakesLater(boolean watched) throws Exception {
        Hanging hanging = new Hanging(counters);
        Evaluator.Builder builder =
                Evaluator.builder(SPEND).counters(hanging).clock(clock).timeLimit(Duration.ofMillis(50));
        if (watched) builder.listener(decided -> {});
        try (Evaluator limited = builder.build()) {
            // Where the time is over before a thread has begun, nothing is taken.
            do assertFailed(limited.evaluate(pay(5)));
            while (hanging.taking.getCount() > 0);
            assertFailed(limited.explain(pay(5)).decision());

            hanging.letGo.countDown();
            assertThat(hanging.given.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(Spending.left(evaluator)).isEqualByComparingTo("10");
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
