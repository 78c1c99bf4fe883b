package dev.toolpolicy;

import static dev.toolpolicy.PolicyText.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Decision.NeedsApproval;
import dev.toolpolicy.Decision.RateLimited;
import dev.toolpolicy.approval.AnswerRefused;
import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.spi.ApprovalEvent;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an approval is bound to, that it admits one call, and that it and the limits are used up together or not at all. */
class ApprovalsTest {
    private static final Identity ALICE = Identity.of("alice").with("tenant", "acme");
    private static final String RULE = "{'path':'args.amount','op':'gt','value':5,'reason':'over 5'}";
    private static final Policy PAY = policy("'default':'deny','tools':{'pay':{'require_approval_if':[" + RULE + "]}}");
    private static final Policy SPEND = policy("'default':'deny','tools':{'pay':{'require_approval_if':[" + RULE
            + "],'limits':[{'counter':'spend','window':'hour','max':10,'scope':'grant','amount':'args.amount'}]}}");

    private final TestClock clock = new TestClock("2026-01-01T12:00:00Z");
    private final InMemoryApprovals people =
            InMemoryApprovals.builder().clock(clock).build();
    private final Bucket4jCounters counters = Bucket4jCounters.inMemory();

    private Evaluator.Builder builder(PolicySource source) {
        return Evaluator.builder(source).counters(counters).approvals(people).clock(clock);
    }

    private Evaluator evaluator(Policy policy) {
        return builder(PolicySource.of(policy)).build();
    }

    private static ToolCall pay(Object amount) {
        return ToolCall.of(ALICE, "pay", Map.of("amount", amount));
    }

    private static String asked(Decision decision) {
        return ((NeedsApproval) decision).approvalId();
    }

    private static void assertDenied(Decision decision, Reason.Code code) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Deny.class, deny -> assertThat(deny.reason().code()).isEqualTo(code));
    }

    @Test
    void sixteenThreadsUseOneApprovalOnce() throws Exception {
        Evaluator evaluator = evaluator(PAY);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (int round = 0; round < 200; round++) {
                people.approve(asked(evaluator.evaluate(pay(6))), "carol");
                List<Decision> decisions = atOnce(threads, 16, () -> evaluator.evaluate(pay(6)));

                assertThat(decisions).filteredOn(Decision::allowed).hasSize(1);
                assertThat(decisions)
                        .filteredOn(decision -> !decision.allowed())
                        .allMatch(NeedsApproval.class::isInstance);
                // So that the next round begins with nothing asked.
                people.pending().forEach(question -> people.reject(question.id(), "carol", ""));
                clock.advance(Duration.ofMinutes(31));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> List<T> atOnce(ExecutorService threads, int count, java.util.concurrent.Callable<T> work)
            throws Exception {
        CyclicBarrier together = new CyclicBarrier(count);
        List<Future<T>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            running.add(threads.submit(() -> {
                together.await();
                return work.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> one : running) results.add(one.get(60, TimeUnit.SECONDS));
        return results;
    }

    @Test
    void underContentionAsManyApprovalsAreUsedAsCallsAreCharged() throws Exception {
        Policy policy = policy("'default':'deny','tools':{'pay':{'action':'require_approval','limits':["
                + "{'counter':'calls','window':'hour','max':5,'scope':'grant'}]}}");
        Evaluator evaluator = evaluator(policy);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (int round = 0; round < 60; round++) {
                List<String> ids = IntStream.range(0, 8)
                        .mapToObj(i -> asked(evaluator.evaluate(pay(i))))
                        .toList();
                ids.forEach(id -> people.approve(id, "carol"));
                AtomicReference<Integer> next = new AtomicReference<>(0);
                List<Decision> decisions =
                        atOnce(threads, 16, () -> evaluator.evaluate(pay(next.getAndUpdate(n -> n + 1) % 8)));

                assertThat(decisions).filteredOn(Decision::allowed).hasSize(5);
                assertThat(ids.stream().map(id -> people.find(id).orElseThrow().state()))
                        .filteredOn(State.USED::equals)
                        .hasSize(5);
                assertThat(ids.stream().map(id -> people.find(id).orElseThrow().state()))
                        .filteredOn(State.APPROVED::equals)
                        .hasSize(3);
                clock.advance(Duration.ofHours(1));
            }
        } finally {
            threads.shutdownNow();
        }
    }

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
    void ofTwoRulesThatAskTheFirstOfTheDocumentIsNamed() {
        String rules = "'require_approval_if':[" + RULE + "]";
        String action = "'action':'require_approval'";
        for (List<String> order : List.of(List.of(rules, action), List.of(action, rules))) {
            Policy policy = policy("'default':'deny','tools':{'pay':{" + String.join(",", order) + "}}");

            assertThat(evaluator(policy)
                            .evaluate(pay(order.indexOf(action) + 6))
                            .rule())
                    .isEqualTo(order.get(0).equals(action) ? "/tools/pay/action" : "/tools/pay/require_approval_if/0");
        }
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

    @Test
    void refundGivesBackTheLimitAndNotTheApproval() {
        Evaluator evaluator = evaluator(SPEND);
        people.approve(asked(evaluator.evaluate(pay(6))), "carol");
        Allow allow = (Allow) evaluator.evaluate(pay(6));

        assertThat(allow.permit().refund()).isTrue();

        assertThat(evaluator.explain(pay(6)).counted().get(0).left()).isEqualByComparingTo("10");
        assertThat(evaluator.evaluate(pay(6))).isInstanceOf(NeedsApproval.class);
    }

    @Test
    void everythingAQuestionIsBoundToMakesItAnother() {
        Evaluator evaluator = evaluator(PAY);
        List<ToolCall> others = List.of(
                pay(7),
                pay("6"),
                ToolCall.of(ALICE, "pay", Map.of("amount", 6, "note", "")),
                ToolCall.of(Identity.of("bob").with("tenant", "acme"), "pay", Map.of("amount", 6)),
                ToolCall.of(Identity.of("alice"), "pay", Map.of("amount", 6)),
                ToolCall.of(ALICE.with("tenant", List.of("acme")), "pay", Map.of("amount", 6)),
                ToolCall.of(ALICE.with("tenant", "acme2"), "pay", Map.of("amount", 6)),
                ToolCall.of(ALICE.with("role", "x"), "pay", Map.of("amount", 6)));
        String id = asked(evaluator.evaluate(pay(6)));
        people.approve(id, "carol");

        for (ToolCall other : others) {
            assertThat(evaluator.evaluate(other)).isInstanceOf(NeedsApproval.class);
        }
        Evaluator elsewhere = builder(PolicySource.of(PAY)).namespace("other").build();
        assertThat(elsewhere.evaluate(pay(6))).isInstanceOf(NeedsApproval.class);
        ToolCall same = ToolCall.parse(
                Identity.of("alice").withSession("s-2").with("tenant", "acme"), "pay", "{ \"amount\": 60e-1 }");
        assertThat(evaluator.evaluate(same).allowed()).isTrue();
        assertThat(people.find(id)).map(AskedQuestion::state).contains(State.USED);
    }

    @Test
    void questionIsBoundToWhatTheRulesSayAndNotToWhereTheyStand() {
        String other = "{'path':'args.amount','op':'gt','value':6,'reason':'over 5'}";
        List<String> same = List.of(
                "'tools':{'pay':{'require_approval_if':[" + RULE + "]}}",
                "'tools':{'pay':{'require_approval_if':[{'id':'big','description':'d',"
                        + "'conditions':[{'path':'args.amount','op':'gt','value':5.0}],'reason':'over 5'}]}}",
                "'tools':{'p*':{}},'all_tools':{'require_approval_if':[" + RULE + "]}",
                "'tools':{'pay':{'require_approval_if':[" + RULE + "," + RULE + "]}},"
                        + "'groups':[{'tools':['pay'],'require_approval_if':[" + RULE + "]}]");
        List<String> different = List.of(
                "'tools':{'pay':{'require_approval_if':[" + other + "]}}",
                "'tools':{'pay':{'require_approval_if':[" + RULE.replace("over 5", "over five") + "]}}",
                "'tools':{'pay':{'require_approval_if':[" + RULE + "," + other + "]}}",
                "'tools':{'pay':{'action':'require_approval','reason':'over 5'}}",
                "'tools':{'pay':{'action':'require_approval','require_approval_if':[" + RULE + "]}}");
        AtomicReference<Policy> current = new AtomicReference<>(PAY);
        Evaluator evaluator = builder(who -> Optional.of(current.get())).build();
        String id = asked(evaluator.evaluate(pay(7)));

        for (String document : same) {
            current.set(policy("'default':'deny'," + document));
            assertThat(asked(evaluator.evaluate(pay(7)))).as(document).isEqualTo(id);
        }
        people.approve(id, "carol");
        for (String document : different) {
            current.set(policy("'default':'deny'," + document));
            assertThat(evaluator.evaluate(pay(7))).as(document).isInstanceOf(NeedsApproval.class);
        }
        current.set(policy("'default':'deny','tools':{'pay':{'action':'deny'}}"));
        assertDenied(evaluator.evaluate(pay(7)), Reason.Code.TOOL_DENIED);
        current.set(PAY);
        assertThat(evaluator.evaluate(pay(7)).allowed()).isTrue();
    }

    @Test
    void explainAndShadowAskNobodyAndUseNothing() {
        List<PolicyListener.Decided> heard = new ArrayList<>();
        Evaluator shadowed = builder(PolicySource.of(policy("'default':'allow'")))
                .shadow(PolicySource.of(PAY))
                .listener(heard::add)
                .build();
        Evaluator evaluator = evaluator(PAY);

        assertThat(evaluator.explain(pay(6)).decision())
                .isEqualTo(new NeedsApproval(
                        "/tools/pay/require_approval_if/0", "", "over 5", Instant.parse("2026-01-01T12:30:00Z")));
        assertThat(shadowed.evaluate(pay(6)).allowed()).isTrue();
        assertThat(people.pending()).isEmpty();
        String id = asked(evaluator.evaluate(pay(6)));
        people.approve(id, "carol");
        assertThat(evaluator.explain(pay(6)).decision().allowed()).isTrue();
        shadowed.evaluate(pay(6));
        assertThat(heard)
                .extracting(decided -> decided.shadow().orElseThrow().allowed())
                .containsExactly(false, true);
        assertThat(people.find(id)).map(AskedQuestion::state).contains(State.APPROVED);
    }

    @Test
    void approverSeesTheWholeIdentityAndTheVeryArguments() {
        Identity who = ALICE.withSession("s-1").with("scopes", List.of("read", "pay"));
        evaluator(PAY).evaluate(ToolCall.parse(who, "pay", "{\"amount\": 6.50, \"to\": \"b\\u006fb\"}"));

        assertThat(people.pending()).singleElement().satisfies(question -> {
            assertThat(question.asker().grant()).isEqualTo("alice");
            assertThat(question.asker().session()).contains("s-1");
            assertThat(question.asker().attributes()).isEqualTo(who.attributes());
            assertThat(question.argumentsJson()).isEqualTo("{\"amount\":6.5,\"to\":\"bob\"}");
            assertThat(question.rules())
                    .containsExactly(new Question.Asking("/tools/pay/require_approval_if/0", "over 5"));
        });
    }

    @Test
    void askingGrantDoesNotApproveThroughItsOwnCall() {
        Evaluator evaluator = evaluator(PAY);
        String id = asked(evaluator.evaluate(pay(6)));

        assertThatExceptionOfType(AnswerRefused.NotAllowed.class).isThrownBy(() -> people.approve(id, "alice"));
        ToolCall pretending =
                ToolCall.of(ALICE, "pay", Map.of("amount", 6, "approved", true, "approvalId", id, "approver", "carol"));
        assertThat(evaluator.evaluate(pretending)).isInstanceOf(NeedsApproval.class);
    }

    @Test
    void listenerHearsOfAQuestionOnceAndOfItsOwnNamespace() {
        Ears ears = new Ears();
        Evaluator evaluator = builder(PolicySource.of(PAY)).listener(ears).build();
        Evaluator elsewhere = builder(PolicySource.of(PAY)).namespace("other").build();

        String id = asked(evaluator.evaluate(pay(6)));
        evaluator.evaluate(pay(6));
        elsewhere.evaluate(pay(6));

        assertThat(ears.of(ApprovalEvent.class)).extracting(ApprovalEvent::id).containsExactly(id);
        evaluator.close();
        clock.advance(Duration.ofHours(1));
        evaluator(PAY).evaluate(pay(6));
        assertThat(ears.heard).as("closed").hasSize(1);
    }

    @Test
    void lapsedApprovalAsksAnew() {
        Evaluator evaluator = evaluator(PAY);
        String id = asked(evaluator.evaluate(pay(6)));
        people.approve(id, "carol");

        clock.advance(Duration.ofMinutes(30));

        assertThat(asked(evaluator.evaluate(pay(6)))).isNotEqualTo(id);
    }

    @Test
    void approvalOutranksNoOtherRule() {
        String asks = "'require_approval_if':[" + RULE + "]";
        Map<String, Reason.Code> stricter = Map.of(
                "'tools':{'pay':{" + asks + ",'require':[{'path':'args.to','op':'eq','value':'acme'}]}}",
                Reason.Code.REQUIREMENT_NOT_MET,
                "'tools':{'pay':{" + asks + ",'deny_if':[{'path':'args.amount','op':'gte','value':6}]}}",
                Reason.Code.FORBIDDEN,
                "'tools':{'pay':{" + asks + "}},'all_tools':{'deny_if':[{'conditions':[]}]}",
                Reason.Code.FORBIDDEN,
                "'tools':{'pay':{'action':'deny'}}",
                Reason.Code.TOOL_DENIED,
                "'tools':{'pay':{" + asks + "}},'hide':['pa*']",
                Reason.Code.HIDDEN,
                "'tools':{}",
                Reason.Code.NOT_LISTED);
        AtomicReference<Policy> current = new AtomicReference<>(PAY);
        Evaluator evaluator = builder(who -> Optional.of(current.get())).build();
        people.approve(asked(evaluator.evaluate(pay(6))), "carol");

        stricter.forEach((document, code) -> {
            current.set(policy("'default':'deny'," + document));
            assertDenied(evaluator.evaluate(pay(6)), code);
        });

        current.set(PAY);
        assertThat(evaluator.evaluate(pay(6)).allowed())
                .as("none of them has used it")
                .isTrue();
    }
}
