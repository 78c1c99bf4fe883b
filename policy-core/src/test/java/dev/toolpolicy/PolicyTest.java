package dev.toolpolicy;

import static dev.toolpolicy.Models.LIMIT;
import static dev.toolpolicy.Models.OPEN;
import static dev.toolpolicy.Models.policy;
import static dev.toolpolicy.Models.test;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.Policy.Action;
import dev.toolpolicy.Policy.ArgumentsSchema;
import dev.toolpolicy.Policy.Group;
import dev.toolpolicy.Policy.Part;
import dev.toolpolicy.Policy.Rule;
import dev.toolpolicy.Policy.Rules;
import dev.toolpolicy.Policy.Tool;
import dev.toolpolicy.Policy.Unlisted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A policy is what it says, and does not change. */
class PolicyTest {
    @Test
    void policyDoesNotChangeWithTheCollectionsThatItWasMadeOf() {
        List<Object> json = new ArrayList<>(List.of("a"));
        List<Condition> conditions = new ArrayList<>(List.of(test(Operator.IN, json)));
        List<Rule> rules = new ArrayList<>(List.of(new Rule("", "", conditions, "")));
        List<ToolPattern> names = new ArrayList<>(List.of(new ToolPattern("a*")));
        List<Limit> limits = new ArrayList<>(List.of(LIMIT));
        List<String> keys = new ArrayList<>(List.of("rate_limit", "limits"));
        Rules some = new Rules(rules, rules, rules, limits);
        List<Group> groups = new ArrayList<>(List.of(new Group("", names, some)));
        Map<ToolPattern, Tool> tools = new LinkedHashMap<>(
                Map.of(new ToolPattern("t"), new Tool("", Action.ALLOW, "", some, ArgumentsSchema.NONE, limits, keys)));
        List<Part> order = new ArrayList<>(List.of(Part.TOOLS, Part.GROUPS));
        Policy policy = new Policy("", Unlisted.DENY, names, some, groups, tools, order);
        String before = policy.toString() + policy.hide() + policy.allTools() + policy.groups() + policy.tools();

        Stream.<Collection<?>>of(json, conditions, rules, names, limits, groups, order, keys, tools.keySet())
                .forEach(Collection::clear);

        assertThat(policy.toString() + policy.hide() + policy.allTools() + policy.groups() + policy.tools())
                .isEqualTo(before);
        assertUnmodifiable(policy);
    }

    @Test
    void anEntryGovernsByItsNameOrByTheMostLiteralCharacters() {
        Tool tool = new Tool("", Action.ALLOW, "", Rules.NONE, ArgumentsSchema.NONE, List.of(), List.of());
        Map<ToolPattern, Tool> tools = new LinkedHashMap<>();
        for (String pattern : List.of("get_*", "*", "get_user*", "get_user", "*_entry"))
            tools.put(new ToolPattern(pattern), tool);
        Policy policy = new Policy("", Unlisted.DENY, List.of(), Rules.NONE, List.of(), tools, List.of());

        assertThat(Stream.of("get_user", "get_users", "get_it", "drop_entry", "x")
                        .map(name -> policy.entryFor(name).orElseThrow().text()))
                .containsExactly("get_user", "get_user*", "get_*", "*_entry", "*");
        Policy none = new Policy("", Unlisted.DENY, List.of(), Rules.NONE, List.of(), Map.of(), List.of());
        assertThat(none.entryFor("x")).isEmpty();
    }

    @Test
    void partsThatAreLeftOutOfTheOrderAreCheckedAllTheSame() {
        Rules blocked = new Rules(List.of(), List.of(new Rule("", "", List.of(), "")), List.of(), List.of());
        ToolPattern name = new ToolPattern("t");
        Tool tool = new Tool("", Action.ALLOW, "", blocked, ArgumentsSchema.NONE, List.of(), List.of());
        Policy policy = new Policy("", Unlisted.DENY, List.of(), Rules.NONE, List.of(), Map.of(name, tool), List.of());

        Decision decision = Evaluator.builder(policy).build().evaluate(ToolCall.of(Identity.of("g"), "t", Map.of()));

        assertThat(decision.rule()).isEqualTo("/tools/t/deny_if/0");
    }

    private static void assertUnmodifiable(Policy policy) {
        Rules rules = policy.allTools();
        Group group = policy.groups().get(0);
        Tool tool = policy.tools().values().iterator().next();
        Rule rule = rules.require().get(0);
        Condition.Test test = (Condition.Test) rule.conditions().get(0);
        Collection<?> value = (Collection<?>) ((Value) test.operand()).json();
        Stream.of(
                        policy.hide(),
                        policy.groups(),
                        policy.tools().keySet(),
                        policy.tools().values(),
                        group.tools(),
                        rules.require(),
                        rules.denyIf(),
                        rules.requireApprovalIf(),
                        rules.limits(),
                        rule.conditions(),
                        tool.rateLimit(),
                        test.path().steps(),
                        value)
                .forEach(collection -> assertThatExceptionOfType(UnsupportedOperationException.class)
                        .as("%s", collection)
                        .isThrownBy(() -> collection.addAll(null)));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> policy.tools().put(new ToolPattern("x"), OPEN));
    }

    @Test
    void policyIsEqualToWhatSaysTheSame() {
        assertThat(policy("a", "b")).isEqualTo(policy("b", "a")).hasSameHashCodeAs(policy("b", "a"));
        assertThat(policy("a", "b").digest()).isEqualTo(policy("b", "a").digest());
        assertThat(policy("a")).isNotEqualTo(policy("b")).isNotEqualTo(policy());
        assertThat(policy("a").toString()).contains(policy("a").digest().substring(0, 12));
    }

    @Test
    void policiesThatDifferInOneThingAreNotEqual() {
        ToolPattern name = new ToolPattern("a");
        List<ToolPattern> names = List.of(name);
        Rules rules = Models.denying(Models.YES);
        List<Tool> tools = List.of(
                OPEN,
                new Tool("what for", Action.ALLOW, "", Rules.NONE, ArgumentsSchema.NONE, List.of(), List.of()),
                Models.tool(Action.REQUIRE_APPROVAL, "", Rules.NONE),
                Models.tool(Action.DENY, "", Rules.NONE),
                Models.tool(Action.REQUIRE_APPROVAL, "why", Rules.NONE),
                Models.tool(Action.ALLOW, "", rules),
                new Tool("", Action.ALLOW, "", Rules.NONE, Models.schema(), List.of(), List.of()),
                Models.tool(Action.ALLOW, "", Rules.NONE, LIMIT));
        List<Policy> policies = new ArrayList<>(List.of(
                new Policy("", Unlisted.DENY, List.of(), Rules.NONE, List.of(), Map.of(), List.of()),
                new Policy("what for", Unlisted.DENY, List.of(), Rules.NONE, List.of(), Map.of(), List.of()),
                new Policy("", Unlisted.ALLOW, List.of(), Rules.NONE, List.of(), Map.of(), List.of()),
                new Policy("", Unlisted.DENY, names, Rules.NONE, List.of(), Map.of(), List.of()),
                new Policy("", Unlisted.DENY, List.of(), rules, List.of(), Map.of(), List.of()),
                new Policy(
                        "",
                        Unlisted.DENY,
                        List.of(),
                        Rules.NONE,
                        List.of(new Group("", names, rules)),
                        Map.of(),
                        List.of())));
        for (Tool tool : tools) {
            policies.add(
                    new Policy("", Unlisted.DENY, List.of(), Rules.NONE, List.of(), Map.of(name, tool), List.of()));
        }

        for (int i = 0; i < policies.size(); i++) {
            for (int j = 0; j < policies.size(); j++) {
                assertThat(policies.get(i).equals(policies.get(j)))
                        .as("%s, %s", i, j)
                        .isEqualTo(i == j);
            }
        }
        assertThat(OPEN).isNotEqualTo(name);
        assertThat(ArgumentsSchema.NONE).isNotEqualTo(OPEN).hasToString("ArgumentsSchema[none]");
        assertThat(Models.schema()).isEqualTo(Models.schema()).hasToString("ArgumentsSchema[present]");
        assertThat(name).isNotEqualTo("a");
        assertThat(policies.get(0)).isNotEqualTo(policies.get(0).digest());
    }
}
