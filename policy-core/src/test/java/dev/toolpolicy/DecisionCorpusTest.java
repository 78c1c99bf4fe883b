package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.toolpolicy.Reason.Code;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every call of the corpus is decided as its case says, whichever way it is made and however the evaluator is asked. */
class DecisionCorpusTest {
    /** These are decided by limits and approvals, which the corpus does not have yet. */
    private static final Set<Code> LATER =
            EnumSet.of(Code.INVALID_AMOUNT, Code.TOO_MANY_QUESTIONS, Code.APPROVAL_REJECTED);

    private static final List<DecisionFile> FILES = DecisionFile.all();

    @TestFactory
    Stream<DynamicContainer> callIsDecidedAsItsCaseSays() {
        return FILES.stream().map(file -> {
            Evaluator quiet = Evaluator.builder(file.source()).build();
            Evaluator heard =
                    Evaluator.builder(file.source()).listener(decided -> {}).build();
            return dynamicContainer(
                    file.name(), file.cases().stream().map(c -> dynamicTest(c.name(), () -> check(quiet, heard, c))));
        });
    }

    private static void check(Evaluator quiet, Evaluator heard, DecisionCase expected) {
        List<Supplier<ToolCall>> ways = expected.ways();
        if (expected.code().filter(Code.MALFORMED_CALL::equals).isPresent()) {
            for (var way : ways) assertThatThrownBy(way::get).isInstanceOf(MalformedCallException.class);
            return;
        }
        ToolCall first = ways.get(0).get();
        for (var way : ways) {
            ToolCall call = way.get();
            assertThat(call.arguments()).isEqualTo(first.arguments());
            assertThat(call.digest()).isEqualTo(first.digest());

            Decision decision = quiet.evaluate(call);
            Explanation why = quiet.explain(call);

            checkDecision(expected, decision, why);
            assertThat(why.decision()).as("explain").isEqualTo(decision);
            assertThat(heard.evaluate(call)).as("with a listener").isEqualTo(decision);
            assertThat(quiet.visible(call.identity(), call.tool()))
                    .as("visible")
                    .isEqualTo(isVisible(decision));
        }
    }

    private static void checkDecision(DecisionCase expected, Decision decision, Explanation why) {
        String told = expected.name() + "\n" + why;
        assertThat(decision.allowed())
                .as("allowed: %s", told)
                .isEqualTo(expected.code().isEmpty());
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
        Set<Code> seen = EnumSet.copyOf(LATER);
        cases.forEach(c -> c.code().ifPresent(seen::add));

        assertThat(cases).hasSizeGreaterThanOrEqualTo(300);
        assertThat(seen).containsExactlyInAnyOrder(Code.values());
        assertThat(cases.stream().filter(c -> c.code().isEmpty())).hasSizeGreaterThanOrEqualTo(100);
    }
}
