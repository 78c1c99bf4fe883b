package dev.toolpolicy.analysis;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.Condition;
import dev.toolpolicy.Limit;
import dev.toolpolicy.Policy;
import dev.toolpolicy.Policy.Rule;
import dev.toolpolicy.Policy.Rules;
import dev.toolpolicy.Policy.Tool;
import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.document.PolicyDocument;
import dev.toolpolicy.json.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A policy laid out: each of its rules, conditions and limits with the place in the document where it stands. */
public final class Outline {
    private final List<Section> sections;

    private Outline(List<Section> sections) {
        this.sections = sections;
    }

    /** Lays a policy out. */
    public static Outline of(PolicyDocument document) {
        Policy policy = document.policy();
        List<Section> sections = new ArrayList<>();
        Written written = new Written(document.json(), Pointer.ROOT);
        sections.add(section(
                Kind.ALL_TOOLS,
                List.of(),
                Optional.empty(),
                policy.allTools(),
                List.of(),
                written.member("all_tools")));
        for (int i = 0; i < policy.groups().size(); i++) {
            Policy.Group group = policy.groups().get(i);
            Written at = written.member("groups").element(i);
            sections.add(section(Kind.GROUP, group.tools(), Optional.empty(), group.rules(), List.of(), at));
        }
        policy.tools().forEach((pattern, tool) -> {
            Written at = written.member("tools").member(pattern.text());
            sections.add(section(Kind.ENTRY, List.of(pattern), Optional.of(tool), tool.rules(), tool.rateLimit(), at));
        });
        return new Outline(List.copyOf(sections));
    }

    private static Section section(
            Kind kind, List<ToolPattern> tools, Optional<Tool> tool, Rules rules, List<Limit> rateLimit, Written at) {
        List<PlacedRule> placed = new ArrayList<>();
        placed.addAll(rules(RuleList.REQUIRE, rules.require(), at));
        placed.addAll(rules(RuleList.DENY_IF, rules.denyIf(), at));
        placed.addAll(rules(RuleList.REQUIRE_APPROVAL_IF, rules.requireApprovalIf(), at));
        List<PlacedLimit> limits = new ArrayList<>();
        for (int i = 0; i < rules.limits().size(); i++) {
            limits.add(limit(rules.limits().get(i), at.member("limits").element(i)));
        }
        for (Limit limit : rateLimit) limits.add(limit(limit, at.member("rate_limit")));
        return new Section(kind, at.pointer(), tools, tool, placed, limits);
    }

    private static List<PlacedRule> rules(RuleList list, List<Rule> rules, Written at) {
        List<PlacedRule> placed = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            Written here = at.member(list.key()).element(i);
            String name = rule.id().isEmpty() ? here.pointer() : rule.id();
            placed.add(new PlacedRule(list, here.pointer(), name, rule, conditions(rule, here)));
        }
        return placed;
    }

    /** A rule has a list of conditions, or is itself the one condition that it has. */
    private static List<PlacedCondition> conditions(Rule rule, Written at) {
        if (at.has("conditions")) return conditions(rule.conditions(), at.member("conditions"));
        return rule.conditions().stream().map(only -> condition(only, at)).toList();
    }

    private static List<PlacedCondition> conditions(List<Condition> conditions, Written at) {
        List<PlacedCondition> placed = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) placed.add(condition(conditions.get(i), at.element(i)));
        return placed;
    }

    private static PlacedCondition condition(Condition condition, Written at) {
        List<PlacedCondition> parts = List.of();
        if (condition instanceof Condition.AllOf all) parts = conditions(all.conditions(), at.member("all_of"));
        if (condition instanceof Condition.AnyOf any) parts = conditions(any.conditions(), at.member("any_of"));
        if (condition instanceof Condition.Not not) parts = List.of(condition(not.condition(), at.member("not")));
        return new PlacedCondition(at.pointer(), condition, parts);
    }

    private static PlacedLimit limit(Limit limit, Written at) {
        String name = limit.id().isEmpty() ? at.pointer() : limit.id();
        return new PlacedLimit(at.pointer(), name, limit, conditions(limit.when(), at.member("when")));
    }

    /** Its parts: {@code all_tools}, the groups, the entries; each in the order of the document. */
    public List<Section> sections() {
        return sections;
    }

    /** The parts of one kind. */
    public Stream<Section> sections(Kind kind) {
        return sections.stream().filter(section -> section.kind() == kind);
    }

    /** The kinds of part that hold rules. */
    public enum Kind {
        ALL_TOOLS,
        GROUP,
        ENTRY
    }

    /** The lists in which rules stand. */
    public enum RuleList {
        REQUIRE,
        DENY_IF,
        REQUIRE_APPROVAL_IF;

        /** The list as a policy writes it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether a match of one of its rules lets a call through; else it stops the call. */
        public boolean letsThrough() {
            return this == REQUIRE;
        }
    }

    /**
     * One part of a document: {@code all_tools}, a group, or an entry of {@code tools}.
     *
     * @param tools the patterns for which it is; none: all tools
     * @param tool the entry, if it is one
     */
    public record Section(
            Kind kind,
            String pointer,
            List<ToolPattern> tools,
            Optional<Tool> tool,
            List<PlacedRule> rules,
            List<PlacedLimit> limits) {
        public Section {
            tools = List.copyOf(tools);
            rules = List.copyOf(rules);
            limits = List.copyOf(limits);
        }

        /** The rules of one list. */
        public List<PlacedRule> rules(RuleList list) {
            return rules.stream().filter(rule -> rule.list() == list).toList();
        }
    }

    /**
     * A rule and where it stands.
     *
     * @param name its id, else its pointer: what decisions call it
     */
    public record PlacedRule(RuleList list, String pointer, String name, Rule rule, List<PlacedCondition> conditions) {
        public PlacedRule {
            conditions = List.copyOf(conditions);
        }

        /** The tests of which its conditions are made, in the order in which an explanation tells them. */
        public List<PlacedTest> tests() {
            return Outline.tests(conditions);
        }
    }

    /** A limit and where it stands; its name is its id, else its pointer. */
    public record PlacedLimit(String pointer, String name, Limit limit, List<PlacedCondition> when) {
        public PlacedLimit {
            when = List.copyOf(when);
        }

        /** The tests of its {@code when}, in the order in which an explanation tells them. */
        public List<PlacedTest> tests() {
            return Outline.tests(when);
        }
    }

    /** A condition and where it stands, with those of which it is made. */
    public record PlacedCondition(String pointer, Condition condition, List<PlacedCondition> parts) {
        public PlacedCondition {
            parts = List.copyOf(parts);
        }
    }

    /** A test and where it stands; negated if the number of {@code not}s above it is odd. */
    public record PlacedTest(String pointer, Condition.Test test, boolean negated) {
        /** What it looks at. */
        public CallPath path() {
            return test.path();
        }
    }

    private static List<PlacedTest> tests(List<PlacedCondition> conditions) {
        List<PlacedTest> tests = new ArrayList<>();
        for (PlacedCondition condition : conditions) addTests(condition, false, tests);
        return List.copyOf(tests);
    }

    private static void addTests(PlacedCondition placed, boolean negated, List<PlacedTest> tests) {
        if (placed.condition() instanceof Condition.Test test) {
            tests.add(new PlacedTest(placed.pointer(), test, negated));
        }
        boolean below = negated ^ placed.condition() instanceof Condition.Not;
        for (PlacedCondition part : placed.parts()) addTests(part, below, tests);
    }

    /** A value of the document, and where it stands: a rule can be written in two ways. */
    private record Written(@Nullable Object json, Pointer at) {
        Written member(String key) {
            return new Written(json instanceof Map<?, ?> object ? object.get(key) : null, at.member(key));
        }

        Written element(int index) {
            Object there = json instanceof List<?> list && index < list.size() ? list.get(index) : null;
            return new Written(there, at.element(index));
        }

        boolean has(String key) {
            return json instanceof Map<?, ?> object && object.containsKey(key);
        }

        String pointer() {
            return at.toString();
        }
    }
}
