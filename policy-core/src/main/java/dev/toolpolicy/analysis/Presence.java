package dev.toolpolicy.analysis;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Policy.Unlisted;
import dev.toolpolicy.analysis.Outline.Kind;
import dev.toolpolicy.analysis.Outline.PlacedRule;
import dev.toolpolicy.analysis.Outline.PlacedTest;
import dev.toolpolicy.analysis.Outline.RuleList;
import dev.toolpolicy.analysis.Outline.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether an argument may be left out: where a rule requires it, or the policy's own schema does, a call without it is denied. */
final class Presence {
    /** Of a group's many tools so many are looked at. */
    private static final int MOST_ENTRIES = 200;

    private static final int MOST_REQUIRED = 100;

    private final Subject subject;
    private final Map<String, Map<CallPath.Step, List<Required>>> required = new HashMap<>();
    private final Map<String, Boolean> known = new HashMap<>();

    Presence(Subject subject) {
        this.subject = subject;
    }

    /** Whether some call to which a part of the policy applies may lack what a path leads to. */
    boolean mayBeMissing(CallPath path, Section section) {
        return known.computeIfAbsent(section.pointer() + "\n" + path, key -> look(path, section));
    }

    private boolean look(CallPath path, Section section) {
        if (isForced(path, section)) return false;
        if (section.kind() == Kind.ENTRY) return true;
        if (section.kind() == Kind.ALL_TOOLS && subject.policy().unlisted() == Unlisted.ALLOW) return true;
        return subject.entries().stream()
                .filter(entry -> subject.reach().isOpen(entry) && appliesTo(section, entry))
                .limit(MOST_ENTRIES)
                .anyMatch(entry -> !isForced(path, entry));
    }

    private boolean appliesTo(Section section, Section entry) {
        return subject.reach().with(entry).stream()
                .anyMatch(other -> other.pointer().equals(section.pointer()));
    }

    private boolean isForced(CallPath path, Section section) {
        boolean schema = section.tool()
                .map(tool -> SchemaWords.mayRequire(tool.argumentsSchema().json(), path))
                .orElse(false);
        return schema || subject.reach().with(section).stream().anyMatch(part -> forces(part, path));
    }

    /** Whether a rule of {@code require} or {@code deny_if} stops every call without it, or without what lies below it. */
    private boolean forces(Section part, CallPath path) {
        List<Required> required = requiredBy(part).getOrDefault(path.steps().get(0), List.of());
        // Where there are very many, it is taken as forced: then nothing is said.
        if (required.size() > MOST_REQUIRED) return true;
        for (Required test : required) {
            if (!isBelow(test.path, path)) continue;
            Calls.Supposed passes = Effect.resting(test.rule).andMissing(test.path);
            if (!subject.calls().exist(passes)) return true;
        }
        return false;
    }

    /** The tests by which a call without something may be denied, by the first step of their paths. */
    private Map<CallPath.Step, List<Required>> requiredBy(Section part) {
        return required.computeIfAbsent(part.pointer(), pointer -> {
            Map<CallPath.Step, List<Required>> byStep = new HashMap<>();
            for (PlacedRule rule : part.rules()) {
                for (PlacedTest placed : rule.tests()) {
                    if (placed.path().steps().isEmpty() || !mayForce(rule.list(), placed)) continue;
                    byStep.computeIfAbsent(placed.path().steps().get(0), step -> new ArrayList<>())
                            .add(new Required(rule, placed.path()));
                }
            }
            return byStep;
        });
    }

    private static boolean mayForce(RuleList list, PlacedTest placed) {
        if (placed.path().root() != CallPath.Root.ARGS) return false;
        // What is missing passes a `deny_if`, unless it says otherwise.
        boolean denies = list == RuleList.DENY_IF && Meaning.absent(placed.test()) != Says.MISSING;
        return list == RuleList.REQUIRE || denies;
    }

    private record Required(PlacedRule rule, CallPath path) {}

    private static boolean isBelow(CallPath deep, CallPath path) {
        return deep.root() == path.root()
                && deep.steps().size() >= path.steps().size()
                && deep.steps().subList(0, path.steps().size()).equals(path.steps());
    }

    /** What must be there for a test to have something to judge: the list, where it looks at each of its elements. */
    static CallPath neededBy(Test test) {
        List<CallPath.Step> steps = test.path().steps();
        int end = steps.size();
        while (end > 0 && steps.get(end - 1) == CallPath.Each.EACH) end--;
        return new CallPath(test.path().root(), steps.subList(0, end));
    }

    /** The tests that look at an argument, and do not say what holds where that is left out; one for each path. */
    static List<PlacedTest> open(PlacedRule rule) {
        List<PlacedTest> tests = rule.tests();
        List<CallPath> spokenOf = tests.stream()
                .filter(placed -> placed.test().operator() == Operator.EXISTS)
                .map(PlacedTest::path)
                .distinct()
                .limit(MOST_REQUIRED)
                .toList();
        Set<CallPath> seen = new HashSet<>();
        List<PlacedTest> open = new ArrayList<>();
        for (PlacedTest placed : tests) {
            CallPath path = placed.path();
            boolean argument = path.root() == CallPath.Root.ARGS
                    && !neededBy(placed.test()).steps().isEmpty();
            if (!argument || Meaning.absent(placed.test()) != Says.MISSING || !seen.add(path)) continue;
            if (spokenOf.stream().noneMatch(other -> isBelow(path, other))) open.add(placed);
        }
        return open;
    }
}
