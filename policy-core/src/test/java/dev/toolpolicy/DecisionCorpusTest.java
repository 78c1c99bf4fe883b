package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.toolpolicy.Decision.NeedsApproval;
import dev.toolpolicy.Reason.Code;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every call of the corpus is decided as its case says, whichever way it is made and however the evaluator is asked. */
class DecisionCorpusTest {
    private static final List<DecisionFile> FILES = DecisionFile.all();

    @TestFactory
    Stream<DynamicContainer> callIsDecidedAsItsCaseSays() {
        return FILES.stream().map(file -> {
            Asked asked = new Asked(file);
            return dynamicContainer(
                    file.name(), file.cases().stream().map(c -> dynamicTest(c.name(), () -> check(asked, c))));
        });
    }

    /** The same in one piece, reading and compiling included: a fault in these shows however many cases share what they made. */
    @Test
    void everyCallIsDecidedAsItsCaseSaysByPoliciesReadAnew() {
        for (DecisionFile file : DecisionFile.all()) {
            Asked asked = new Asked(file);
            for (DecisionCase expected : file.cases()) check(asked, expected);
        }
    }

    /** One evaluator for each way in which a call may be made, and some that decide otherwise: each has counters of its own. */
    private record Asked(
            TestClock clock,
            List<InMemoryApprovals> people,
            List<Evaluator> quiet,
            Map<String, Function<ToolCall, Decision>> others) {
        Asked(DecisionFile file) {
            this(file, new TestClock("2026-01-01T12:00:00Z"));
        }

        private Asked(DecisionFile file, TestClock clock) {
            this(file, clock, Stream.generate(() -> people(clock)).limit(5).toList());
        }

        private Asked(DecisionFile file, TestClock clock, List<InMemoryApprovals> people) {
            this(
                    clock,
                    people,
                    List.of(
                            builder(file, clock, people.get(0)).build(),
                            builder(file, clock, people.get(1)).build()),
                    Map.of(
                            "with a listener",
                            builder(file, clock, people.get(2))
                                    .listener(decided -> {})
                                    .build()::evaluate,
                            "without waiting",
                            notWaiting(builder(file, clock, people.get(3))),
                            "without waiting, by counters that answer later",
                            notWaiting(builder(file, clock, people.get(4))
                                    .counters(new LaterCounters(Bucket4jCounters.inMemory())))));
        }

        private static Function<ToolCall, Decision> notWaiting(Evaluator.Builder builder) {
            AsyncEvaluator evaluator = AsyncEvaluator.of(builder.build(), ForkJoinPool.commonPool());
            return call -> evaluator
                    .evaluate(call)
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        }

        /** So few questions that the corpus can reach the bound. */
        private static InMemoryApprovals people(TestClock clock) {
            return InMemoryApprovals.builder().clock(clock).pendingAtMost(3, 4).build();
        }

        private static Evaluator.Builder builder(DecisionFile file, TestClock clock, InMemoryApprovals people) {
            return Evaluator.builder(file.source())
                    .counters(Bucket4jCounters.inMemory())
                    .approvals(people)
                    .clock(clock);
        }

        void answer(String answer) {
            for (InMemoryApprovals desk : people) {
                String id = desk.pending().get(desk.pending().size() - 1).id();
                if (answer.equals("approve")) desk.approve(id, "carol");
                else desk.reject(id, "carol", "not today");
            }
        }
    }

    private static void check(Asked asked, DecisionCase expected) {
        expected.at().ifPresent(asked.clock()::set);
        List<Supplier<ToolCall>> ways = expected.ways();
        if (expected.code().filter(Code.MALFORMED_CALL::equals).isPresent()) {
            for (var way : ways) assertThatThrownBy(way::get).isInstanceOf(MalformedCallException.class);
            return;
        }
        ToolCall first = ways.get(0).get();
        Object expectedByAll = said(asked.quiet().get(0).explain(first).decision());
        asked.others()
                .forEach((how, other) ->
                        assertThat(said(other.apply(first))).as(how).isEqualTo(expectedByAll));
        for (int way = 0; way < ways.size(); way++) {
            Evaluator quiet = asked.quiet().get(way);
            ToolCall call = ways.get(way).get();
            assertThat(call.arguments()).isEqualTo(first.arguments());
            assertThat(call.digest()).isEqualTo(first.digest());

            Explanation why = quiet.explain(call);
            Decision decision = quiet.evaluate(call);

            checkDecision(expected, decision, why);
            assertThat(said(why.decision())).as("explain").isEqualTo(said(decision));
            assertThat(quiet.visible(call.identity(), call.tool()))
                    .as("visible")
                    .isEqualTo(isVisible(decision));
        }
        // Each evaluator counts each call once, however it was made.
        if (ways.size() == 1) asked.quiet().get(1).evaluate(first);
        expected.answer().ifPresent(asked::answer);
    }

    /** The decision but for its permit and the question's id: no two calls have the same. */
    private static Object said(Decision decision) {
        return decision.match(
                allow -> allow.rule(),
                deny -> deny,
                limited -> limited,
                asks -> new NeedsApproval(asks.rule(), "", asks.question(), asks.lapses()));
    }

    private static void checkDecision(DecisionCase expected, Decision decision, Explanation why) {
        String told = expected.name() + "\n" + why;
        assertThat(decision.allowed()).as("allowed: %s", told).isEqualTo(expected.allowed());
        assertThat(decision instanceof NeedsApproval).as("asks: %s", told).isEqualTo(expected.asks());
        expected.limited()
                .ifPresent(limited -> assertThat(decision)
                        .as("%s", told)
                        .isInstanceOfSatisfying(Decision.RateLimited.class, spent -> checkLimited(limited, spent)));
        expected.code()
                .ifPresent(code -> assertThat(decision)
                        .isInstanceOfSatisfying(
                                Decision.Deny.class,
                                deny -> assertThat(deny.reason().code())
                                        .as("%s", told)
                                        .isEqualTo(code)));
        expected.rule()
                .ifPresent(rule -> assertThat(decision.rule()).as("%s", told).isEqualTo(rule));
        expected.message()
                .ifPresent(message -> assertThat(decision.refusal().map(Refusal::message))
                        .as("%s", told)
                        .contains(message));
    }

    private static void checkLimited(DecisionCase.Limited expected, Decision.RateLimited spent) {
        expected.counter().ifPresent(counter -> assertThat(spent.counter()).isEqualTo(counter));
        expected.max().ifPresent(max -> assertThat(spent.max()).isEqualByComparingTo(max));
        expected.remaining().ifPresent(left -> assertThat(spent.remaining()).isEqualByComparingTo(left));
        expected.retryAfter().ifPresent(wait -> assertThat(spent.retryAfter()).isEqualTo(wait));
    }

    /** A tool is shown to whoever may know of it, denied or not. */
    private static boolean isVisible(Decision decision) {
        return decision.refusal()
                .map(refusal -> !refusal.asUnknownTool() && !refusal.code().equals(Code.NO_POLICY.name()))
                .orElse(true);
    }

    @Test
    void corpusIsLargeAndHasEveryCode() {
        List<DecisionCase> cases =
                FILES.stream().flatMap(file -> file.cases().stream()).toList();
        Set<Code> seen = EnumSet.noneOf(Code.class);
        cases.forEach(c -> c.code().ifPresent(seen::add));

        assertThat(cases).hasSizeGreaterThanOrEqualTo(300);
        assertThat(seen).containsExactlyInAnyOrder(Code.values());
        assertThat(cases.stream().filter(DecisionCase::allowed)).hasSizeGreaterThanOrEqualTo(100);
    }
}
