package dev.toolpolicy;

import static dev.toolpolicy.PolicyText.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Reason.Code;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an evaluator promises beside the decisions themselves: whom it tells, what it refuses, and that in doubt it denies. */
class EvaluatorTest {
    private static final Identity ALICE = Identity.of("alice");
    private static final ToolCall PING = ToolCall.of(ALICE, "ping", Map.of());
    private static final Policy ALLOWS = policy("'default':'allow'");
    private static final Policy DENIES = policy("'default':'deny'");

    private static Policy withSchema(String how) {
        return policy("'default':'deny','tools':{'ping':{'arguments_schema':{'fails':'" + how + "'}}}");
    }

    private static void assertFailed(Decision decision, String rule) {
        assertThat(decision)
                .isEqualTo(new Deny(
                        new Reason(Code.CHECK_FAILED, rule, "the call could not be checked, so it is denied")));
    }

    @ParameterizedTest
    @MethodSource("dev.toolpolicy.Throwables#all")
    void sourceThatThrowsDeniesWhateverItThrows(Throwable thrown) {
        Evaluator evaluator = Evaluator.builder(Throwables.source(thrown)).build();

        assertFailed(evaluator.evaluate(PING), "");
        assertThat(evaluator.explain(PING).decision()).isEqualTo(evaluator.evaluate(PING));
        assertThat(evaluator.explain(PING).cause()).containsSame(thrown);
        assertThat(evaluator.visible(ALICE, "ping")).isFalse();
    }

    @Test
    @SuppressWarnings("NullOptional") // what a careless host does
    void sourceThatAnswersNullDenies() {
        Evaluator evaluator = Evaluator.builder((PolicySource) who -> null).build();

        assertFailed(evaluator.evaluate(PING), "");
        assertThat(evaluator.visible(ALICE, "ping")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "overflows", "answers null", "lists null", "changes the arguments"})
    void validatorThatFailsDeniesAndItsRuleIsNamed(String how) {
        Evaluator evaluator = Evaluator.builder(withSchema(how)).build();

        assertFailed(evaluator.evaluate(PING), "/tools/ping/arguments_schema");
        assertThat(evaluator.explain(PING).decision()).isEqualTo(evaluator.evaluate(PING));
        assertThat(evaluator.explain(PING).cause()).isPresent();
    }

    @Test
    void nullIsTheOnlyCallThatThrows() {
        Evaluator evaluator = Evaluator.builder(ALLOWS).build();

        assertThatNullPointerException()
                .isThrownBy(() -> evaluator.evaluate(null))
                .withMessage("call");
        assertThatNullPointerException()
                .isThrownBy(() -> evaluator.explain(null))
                .withMessage("call");
    }

    /** A check that fails for want of stack fails closed, however much is left for what comes after it. */
    @Test
    void whereTheStackEndsNothingIsAllowedThatRulesStop() throws InterruptedException {
        Condition deep = Models.YES;
        for (int i = 0; i < 400; i++) deep = new Condition.Not(deep);
        Map<ToolPattern, Policy.Tool> tools = new LinkedHashMap<>();
        tools.put(new ToolPattern("forbidden"), tool(Models.denying(deep)));
        tools.put(new ToolPattern("required"), tool(Models.requiring(new Condition.Not(deep))));
        tools.put(new ToolPattern("asks"), tool(Models.asking(deep)));
        tools.put(new ToolPattern("asksOfTwo"), tool(Models.asking(Models.YES, deep)));
        Policy policy = new Policy("", Policy.Unlisted.DENY, List.of(), Policy.Rules.NONE, List.of(), tools, List.of());
        Evaluator evaluator = Evaluator.builder(policy)
                .approvals(InMemoryApprovals.builder().build())
                .build();
        List<Decision> decisions = new ArrayList<>();
        List<ToolCall> calls = tools.keySet().stream()
                .map(name -> ToolCall.of(ALICE, name.text(), Map.of()))
                .toList();

        for (ToolCall call : calls) {
            // A class that is first used where there is no room for that stays unusable, for every other test.
            for (int i = 0; i < 100; i++) {
                assertThat(evaluator.evaluate(call).allowed()).isFalse();
                assertFailed(
                        Evaluator.builder(Throwables.source(new StackOverflowError()))
                                .build()
                                .evaluate(call),
                        "");
            }
            Thread deepest = new Thread(null, () -> descend(evaluator, call, decisions, 1_000_000), "deep", 1 << 19);
            deepest.start();
            deepest.join(60_000);
        }

        assertThat(decisions).contains(CompiledPolicy.CHECK_FAILED).noneMatch(Decision::allowed);
        assertThat(decisions).extracting(Decision::rule).contains("/tools/forbidden/deny_if/0");
    }

    private static Policy.Tool tool(Policy.Rules rules) {
        return Models.tool(Policy.Action.ALLOW, "", rules);
    }

    /** Decides at every depth, from where no more fits on the stack. */
    private static void descend(Evaluator evaluator, ToolCall call, List<Decision> decisions, int more) {
        try {
            if (more > 0) descend(evaluator, call, decisions, more - 1);
        } catch (StackOverflowError e) {
            // This is as deep as it gets.
        }
        decisions.add(evaluator.evaluate(call));
    }

    @Test
    void sourceIsAskedOnceForADecision() {
        List<Identity> asked = new ArrayList<>();
        Evaluator evaluator = Evaluator.builder(who -> {
                    asked.add(who);
                    return Optional.of(ALLOWS);
                })
                .build();

        evaluator.evaluate(PING);

        assertThat(asked).containsExactly(ALICE);
    }

    @Test
    void shadowWithoutAListenerIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Evaluator.builder(ALLOWS)
                        .shadow(PolicySource.of(DENIES))
                        .build())
                .withMessageContaining("listener");
    }

    static List<String> policiesWithLimitsOrApprovals() {
        String limit = "'limits':[{'counter':'c','window':'minute','max':1,'scope':'grant'}]";
        String question = "'require_approval_if':[{'path':'args.x','op':'eq','value':1}]";
        return List.of(
                "'default':'allow','tools':{'other':{" + limit + "}}",
                "'default':'allow','tools':{'other':{'rate_limit':{'max':1,'window':60}}}",
                "'default':'allow','all_tools':{" + limit + "}",
                "'default':'allow','groups':[{'tools':['o*']," + limit + "}]",
                "'default':'allow','tools':{'other':{" + question + "}}",
                "'default':'allow','tools':{'other':{'action':'require_approval'}}",
                "'default':'allow','all_tools':{" + question + "}",
                "'default':'allow','groups':[{'tools':['o*']," + question + "}]");
    }

    @ParameterizedTest
    @MethodSource("policiesWithLimitsOrApprovals")
    void policyThatNeedsWhatIsNotThereIsRefusedWhereItIsKnown(String document) {
        Policy policy = policy(document);
        List<Supplier<Evaluator.Builder>> builders = List.of(
                () -> Evaluator.builder(policy),
                () -> Evaluator.builder(PolicySource.of(policy)),
                () -> Evaluator.builder(PolicySource.byGrant(Map.of("alice", ALLOWS, "bob", policy))),
                () -> Evaluator.builder(ALLOWS).shadow(PolicySource.of(policy)).listener(decided -> {}));

        for (var builder : builders) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> builder.get().build())
                    .withMessageMatching("the (policy|shadow) (has limits|asks for approvals), .*");
        }
    }

    @Test
    void policyWithLimitsIsTakenWhereTheyAreCounted() {
        Policy limited = policy("'default':'deny','tools':{'t':{'rate_limit':{'max':1,'window':60}}}");

        assertThatCode(() -> Evaluator.builder(limited)
                        .counters(Bucket4jCounters.inMemory())
                        .shadow(PolicySource.of(limited))
                        .listener(decided -> {})
                        .build()
                        .close())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("policiesWithLimitsOrApprovals")
    void policyThatNeedsWhatIsNotThereDeniesWhereAHostGivesIt(String document) {
        Policy policy = policy(document);
        Evaluator evaluator = Evaluator.builder(who -> Optional.of(policy)).build();

        assertFailed(evaluator.evaluate(PING), "");
        assertFailed(evaluator.evaluate(ToolCall.of(ALICE, "other", Map.of())), "");
    }

    @Test
    void grantWithoutAPolicyIsDeniedEverything() {
        Evaluator evaluator =
                Evaluator.builder(PolicySource.byGrant(Map.of("alice", ALLOWS))).build();

        assertThat(evaluator.evaluate(PING).allowed()).isTrue();
        assertThat(evaluator.evaluate(ToolCall.of(Identity.of("bob"), "ping", null)))
                .isEqualTo(new Deny(new Reason(Code.NO_POLICY, "", "there is no policy for this caller")));
    }

    @ParameterizedTest
    @CsvSource({
        "alice, ping,      true,  an allowed tool",
        "alice, pay,       true,  a denied tool is known of",
        "alice, other,     true,  an unlisted tool is known of",
        "alice, PING,      true,  a look-alike of an entry is known of",
        "alice, drop_all,  false, a hidden tool is not",
        "alice, DROP-all,  false, nor is its look-alike",
        "alice, not legal, false, nor is a malformed name",
        "alice, '',        false, nor is none",
        "alice, ,          false, nor is null",
        "bob,   ping,      false, a caller without a policy knows of nothing",
    })
    void toolIsVisibleToWhoMayKnowOfIt(String grant, String tool, boolean visible, String why) {
        Policy policy = policy("'default':'deny','hide':['drop_*'],'tools':{'*':{},'ping':{},'pay':{'action':'deny'}}");
        Evaluator evaluator =
                Evaluator.builder(PolicySource.byGrant(Map.of("alice", policy))).build();

        assertThat(evaluator.visible(Identity.of(grant), tool)).as(why).isEqualTo(visible);
    }

    @Test
    void namespaceIsAnyTextButHalfACharacter() {
        Evaluator.Builder builder = Evaluator.builder(ALLOWS).namespace("").namespace("prod 🎲");

        assertThatIllegalArgumentException().isThrownBy(() -> builder.namespace("prod\uD83C"));
    }

    @Test
    void nothingIsVisibleToNobody() {
        assertThat(Evaluator.builder(ALLOWS).build().visible(null, "ping")).isFalse();
    }
}
