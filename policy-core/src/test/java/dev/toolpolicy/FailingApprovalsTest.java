package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Decision.RateLimited;
import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.spi.Approvals;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Standing;
import dev.toolpolicy.spi.Taking;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a call comes to when approvals fail, hang, or are another call's a moment before. */
class FailingApprovalsTest extends Asking {
    /** Counters of which somebody else takes the last between the look and the take. */
    private record Beaten(Counters counters, CountDownLatch once) implements Counters {
        @Override
        public List<Taking.Left> look(List<Charge> charges, Instant now) {
            return counters.look(charges, now);
        }

        @Override
        public Taking take(List<Charge> charges, Instant now) {
            if (once.getCount() > 0) {
                once.countDown();
                return new Taking.Spent(0, new Taking.Left(0, 0, Duration.ofSeconds(1)));
            }
            return counters.take(charges, now);
        }

        @Override
        public void change(Charge charge, long window, long more) {
            counters.change(charge, window, more);
        }
    }

    @Test
    void approvalIsKeptWhereTheLimitIsSpentAtTheLastMoment() {
        Evaluator beaten = builder(PolicySource.of(SPEND))
                .counters(new Beaten(counters, new CountDownLatch(1)))
                .build();
        String id = asked(beaten.evaluate(pay(6)));
        people.approve(id, "carol");

        assertThat(beaten.evaluate(pay(6))).isInstanceOf(RateLimited.class);
        assertThat(people.find(id)).map(AskedQuestion::state).contains(State.APPROVED);
        assertThat(beaten.evaluate(pay(6)).allowed()).isTrue();
    }

    /** Approvals of which another call takes each before this one can hold it. */
    private static final class Faster implements Approvals {
        private static final Instant LAPSES = Instant.parse("2026-01-01T12:30:00Z");

        private final Standing again;
        private boolean asked;

        Faster(Standing again) {
            this.again = again;
        }

        @Override
        public Standing ask(Question question) {
            Standing standing = asked ? again : new Standing.Approved("q-1", LAPSES);
            asked = true;
            return standing;
        }

        @Override
        public Standing look(Question question) {
            throw new AssertionError("it is asked");
        }

        @Override
        public Optional<Claim> claim(String id) {
            return Optional.empty();
        }

        @Override
        public void subscribe(Follower follower) {}

        @Override
        public void unsubscribe(Follower follower) {}
    }

    @Test
    void whereAnotherCallWasFasterItIsSeenByAskingAgain() {
        List<Decision> decisions = new ArrayList<>();
        for (Standing again : List.of(
                new Standing.Waiting("q-2", Faster.LAPSES),
                new Standing.Rejected("q-3"),
                new Standing.TooMany(),
                new Standing.Approved("q-1", Faster.LAPSES))) {
            decisions.add(builder(PolicySource.of(SPEND))
                    .approvals(new Faster(again))
                    .build()
                    .evaluate(pay(6)));
        }

        assertThat(asked(decisions.get(0))).isEqualTo("q-2");
        assertDenied(decisions.get(1), Reason.Code.APPROVAL_REJECTED);
        assertDenied(decisions.get(2), Reason.Code.TOO_MANY_QUESTIONS);
        assertThat(asked(decisions.get(3))).as("held by the other call").isEqualTo("q-1");
        assertThat(evaluator(SPEND).explain(pay(1)).counted().get(0).left()).isEqualByComparingTo("10");
    }

    /** Approvals that fail where they are told to. */
    static class Failing implements Approvals {
        private final Approvals approvals;
        private final String where;
        private final Throwable thrown;

        Failing(Approvals approvals, String where, Throwable thrown) {
            this.approvals = approvals;
            this.where = where;
            this.thrown = thrown;
        }

        private void fail(String here) {
            if (here.equals(where)) Throwables.sneak(thrown);
        }

        @Override
        public Standing ask(Question question) {
            fail("ask");
            return where.equals("null") ? null : approvals.ask(question);
        }

        @Override
        public Standing look(Question question) {
            return approvals.look(question);
        }

        @Override
        public Optional<Claim> claim(String id) {
            fail("claim");
            return approvals.claim(id).map(claim -> new Claim() {
                @Override
                public void use() {
                    fail("use");
                    claim.use();
                }

                @Override
                public void release() {
                    claim.release();
                    fail("release");
                }
            });
        }

        @Override
        public void subscribe(Follower follower) {
            approvals.subscribe(follower);
        }

        @Override
        public void unsubscribe(Follower follower) {
            approvals.unsubscribe(follower);
        }
    }

    static Stream<Throwable> throwables() {
        return Throwables.all().stream();
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void approvalsThatFailDenyAndLeaveTheLimitsAlone(Throwable thrown) {
        Evaluator sound = evaluator(SPEND);
        people.approve(asked(sound.evaluate(pay(6))), "carol");
        for (String where : List.of("ask", "null", "claim", "use")) {
            Evaluator failing = builder(PolicySource.of(SPEND))
                    .approvals(new Failing(people, where, thrown))
                    .build();
            assertDenied(failing.evaluate(pay(6)), Reason.Code.CHECK_FAILED);
            assertThat(sound.explain(pay(6)).counted().get(0).left()).isEqualByComparingTo("10");
            assertThat(sound.explain(pay(6)).decision().allowed()).isTrue();
        }
        Evaluator lettingGo = builder(PolicySource.of(SPEND))
                .approvals(new Failing(people, "release", thrown))
                .build();
        assertThat(lettingGo.evaluate(pay(6)).allowed())
                .as("what is used is not let go of")
                .isTrue();
    }

    @Test
    void approvalsThatHangDenyInTime() {
        CountDownLatch letGo = new CountDownLatch(1);
        Approvals hanging = new Failing(people, "nowhere", new AssertionError()) {
            @Override
            public Standing ask(Question question) {
                try {
                    letGo.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return new Standing.TooMany();
            }
        };
        try (Evaluator evaluator = builder(PolicySource.of(PAY))
                .approvals(hanging)
                .timeLimit(Duration.ofMillis(20))
                .build()) {
            assertDenied(evaluator.evaluate(pay(6)), Reason.Code.CHECK_FAILED);
        } finally {
            letGo.countDown();
        }
    }
}
