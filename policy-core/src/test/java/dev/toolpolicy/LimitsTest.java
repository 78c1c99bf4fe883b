package dev.toolpolicy;

import static dev.toolpolicy.PolicyText.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.toolpolicy.bucket4j.Bucket4jCounters;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an evaluator makes of limits: reloads, counters that policies share, and what only looks. */
class LimitsTest extends Spending {
    /** By the order of the document, which says what its author thinks of first. */
    @Test
    void ofTwoLimitsThatAreSpentTheFirstOfTheDocumentIsNamed() {
        String limits = "'limits':[{'counter':'calls','window':'hour','max':1,'scope':'grant'}]";
        String rate = "'rate_limit':{'window':'hour','max':1}";
        for (List<String> order : List.of(List.of(limits, rate), List.of(rate, limits))) {
            Evaluator both = Evaluator.builder(
                            policy("'default':'deny','tools':{'pay':{" + String.join(",", order) + "}}"))
                    .counters(Bucket4jCounters.inMemory())
                    .clock(clock)
                    .build();
            both.evaluate(pay(1));

            assertThat(both.evaluate(pay(1)).rule())
                    .isEqualTo(order.get(0).equals(rate) ? "/tools/pay/rate_limit" : "/tools/pay/limits/0");
        }
    }

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
                List.of(global, global + ",'decimals':1"),
                List.of(
                        global.replace("global", "identity.tenant"),
                        global.replace("global", "identity.tenant").replace("5", "6")));
    }

    static List<Arguments> otherCounters() {
        return pairs().stream()
                .map(pair -> Arguments.of(pair.get(0), pair.get(1)))
                .toList();
    }

    private static Policy limited(String limit) {
        return policy("'default':'deny','tools':{'t':{'limits':[{" + limit + "}]}}");
    }

    /** A document that says so is rejected; a policy may be made by hand. */
    @Test
    void whatIsChargedTwiceOrToTooManyIsDenied() {
        List<Limit> many = IntStream.range(0, 65).mapToObj(i -> limit("c" + i)).toList();

        assertThat(decided(limit("c"), limit("d")).allowed()).isTrue();
        assertThat(decided(limit("c"), limit("c"))).isEqualTo(CompiledPolicy.failed("/tools/t/limits/1"));
        assertThat(decided(many.subList(0, 64).toArray(Limit[]::new)).allowed()).isTrue();
        assertThat(decided(many.toArray(Limit[]::new))).isEqualTo(CompiledPolicy.failed("/tools/t/limits/64"));
    }

    private static Limit limit(String counter) {
        Limit.Counter of = new Limit.Counter(counter, 60, 1, Limit.Scope.GRANT, 0);
        return new Limit("", "", of, new Limit.One(), List.of(), "");
    }

    private Decision decided(Limit... limits) {
        Policy.Tool tool = Models.tool(Policy.Action.ALLOW, "", Models.limiting(limits));
        Policy policy = new Policy(
                "",
                Policy.Unlisted.DENY,
                List.of(),
                Policy.Rules.NONE,
                List.of(),
                Map.of(new ToolPattern("t"), tool),
                List.of());
        return Evaluator.builder(policy)
                .counters(Bucket4jCounters.inMemory())
                .clock(clock)
                .build()
                .evaluate(ToolCall.of(ALICE, "t", Map.of()));
    }

    /** The texts that tell the two apart have one hash. */
    @Test
    void countersWhoseNamesWereMadeToHaveOneHashAreTwo() {
        Policy policy = policy("'default':'deny','tools':{'t':{'limits':["
                + "{'counter':'Aa','window':'day','max':1,'scope':'grant'},"
                + "{'counter':'BB','window':'day','max':2,'scope':'grant'}]}}");

        assertThat(policy.compiled().maxUnits().values()).containsExactlyInAnyOrder(1L, 2L);
        assertThat(policy.compiled().maxUnits().keySet().stream().map(Object::hashCode))
                .containsOnly(
                        policy.compiled().maxUnits().keySet().iterator().next().hashCode());
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
}
