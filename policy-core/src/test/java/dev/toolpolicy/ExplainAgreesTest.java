package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Reference.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What explain says is what evaluate does, and of each rule and each test what the reference says of it. */
class ExplainAgreesTest {
    @Test
    void whatExplainSaysIsWhatEvaluateDoes() {
        AtomicLong steps = new AtomicLong();
        LongStream.range(0, 250).parallel().mapToObj(Sample::new).forEach(sample -> {
            Map<String, Map<String, Object>> rules = rulesByName(sample.document);
            for (int i = 0; i < 200; i++) {
                Call call = sample.call();
                if (Alphabet.MALFORMED_TOOLS.contains(call.tool())) continue;
                ToolCall frozen = sample.frozen(call);
                Explanation explanation = sample.evaluator.explain(frozen);
                assertThat(explanation.decision())
                        .as(() -> sample.shown(call))
                        .isEqualTo(sample.evaluator.evaluate(frozen));
                for (Explanation.Step step : explanation.steps()) {
                    if (step.said() == Explanation.Said.NOT_REACHED) continue;
                    steps.incrementAndGet();
                    assertThat(said(step))
                            .as(() -> sample.shown(call))
                            .isEqualTo(
                                    expected(rules.get(step.rule()), step.list().equals("require"), call));
                }
            }
        });
        assertThat(steps.get()).isGreaterThan(10_000);
    }

    /** The rule's word, and then each test's. */
    private static List<String> said(Explanation.Step step) {
        List<String> said = new ArrayList<>(List.of(step.said().name()));
        for (Explanation.Tested test : step.tests())
            said.add(test.operator() + " " + test.said().name());
        return said;
    }

    private static List<String> expected(Map<String, Object> rule, boolean lets, Call call) {
        List<String> said =
                new ArrayList<>(List.of(NaiveConditions.rule(rule, call, lets).name()));
        addTests(rule, lets, call, said);
        return said;
    }

    private static void addTests(Map<String, Object> condition, boolean lets, Call call, List<String> said) {
        for (String list : List.of("conditions", "any_of", "all_of"))
            for (Object part : Reference.list(condition, list)) addTests(Changed.tree(part), lets, call, said);
        if (condition.containsKey("not")) addTests(Reference.object(condition, "not"), !lets, call, said);
        if (condition.containsKey("op"))
            said.add(condition.get("op") + " "
                    + NaiveConditions.says(condition, call, lets).name());
    }

    private static Map<String, Map<String, Object>> rulesByName(Map<String, Object> document) {
        Map<String, Map<String, Object>> rules = new LinkedHashMap<>();
        addRules(Reference.object(document, "all_tools"), "/all_tools", rules);
        List<Object> groups = Reference.list(document, "groups");
        for (int i = 0; i < groups.size(); i++) addRules(Changed.tree(groups.get(i)), "/groups/" + i, rules);
        Reference.object(document, "tools")
                .forEach((name, tool) -> addRules(Changed.tree(tool), "/tools/" + name, rules));
        return rules;
    }

    private static void addRules(Map<String, Object> part, String pointer, Map<String, Map<String, Object>> rules) {
        for (String list : List.of("require", "deny_if")) {
            List<Map<String, Object>> written = Reference.list(part, list);
            for (int i = 0; i < written.size(); i++) {
                Object id = written.get(i).getOrDefault("id", pointer + "/" + list + "/" + i);
                rules.put((String) id, written.get(i));
            }
        }
    }
}
