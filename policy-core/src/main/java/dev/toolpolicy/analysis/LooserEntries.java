package dev.toolpolicy.analysis;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.Policy.Action;
import dev.toolpolicy.Policy.Tool;
import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Outline.PlacedRule;
import dev.toolpolicy.analysis.Outline.PlacedTest;
import dev.toolpolicy.analysis.Outline.RuleList;
import dev.toolpolicy.analysis.Outline.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Entries that take the place of a pattern for some of its tools, and lack what it checks: one entry governs, none adds to another. */
final class LooserEntries implements Check {
    @Override
    public void look(Subject subject, Notes notes) {
        // To let some through, under a pattern that denies, is what entries are written for.
        List<Section> patterns = subject.entries().stream()
                .filter(entry ->
                        !entry.tools().get(0).exact() && subject.reach().isOpen(entry))
                .sorted(Comparator.comparingInt(
                                (Section entry) -> entry.tools().get(0).literals())
                        .reversed())
                .toList();
        if (patterns.isEmpty()) return;
        for (Section entry : subject.entries()) {
            if (!subject.reach().isOpen(entry)) continue;
            shadowed(entry, patterns, subject.names()).ifPresent(pattern -> look(entry, pattern, subject, notes));
        }
    }

    /** The pattern that would govern without this entry. */
    private static Optional<Section> shadowed(Section entry, List<Section> patterns, Names names) {
        ToolPattern own = entry.tools().get(0);
        for (Section pattern : patterns) {
            ToolPattern wide = pattern.tools().get(0);
            if (!wide.equals(own) && names.covers(wide, own)) return Optional.of(pattern);
        }
        return Optional.empty();
    }

    private static void look(Section entry, Section pattern, Subject subject, Notes notes) {
        Tool own = entry.tool().orElseThrow();
        Tool wide = pattern.tool().orElseThrow();
        List<Section> with = subject.reach().with(entry);
        boolean asks = own.action() == Action.REQUIRE_APPROVAL
                || with.stream()
                        .anyMatch(section ->
                                !section.rules(RuleList.REQUIRE_APPROVAL_IF).isEmpty());
        List<String> lacking = new ArrayList<>();
        if (wide.action() == Action.REQUIRE_APPROVAL && !asks) lacking.add("`action: require_approval`");
        List<Set<CallPath>> judged = with.stream()
                .map(section -> subject.reach().facts(section).judged())
                .toList();
        for (RuleList list : RuleList.values()) {
            if (list == RuleList.REQUIRE_APPROVAL_IF && own.action() == Action.REQUIRE_APPROVAL) continue;
            boolean lost = pattern.rules(list).stream().anyMatch(rule -> isLost(rule, judged));
            if (lost) lacking.add("`" + list.key() + "`");
        }
        if (wide.argumentsSchema().isPresent() && !own.argumentsSchema().isPresent()) lacking.add("`arguments_schema`");
        // What groups and all_tools count, they count for the pattern too.
        boolean limited = !entry.limits().isEmpty();
        if (!pattern.limits().isEmpty() && !limited) lacking.add("limits");
        if (lacking.isEmpty()) return;
        String name = "`" + pattern.tools().get(0) + "`";
        notes.add(
                Code.LOOSER_THAN_PATTERN,
                entry.pointer(),
                "this entry governs in place of " + name + ", and lacks what that one has: "
                        + String.join(", ", lacking),
                "an entry adds nothing to another: repeat here what is to hold, or move it to `groups`, for " + name);
    }

    /** Whether no rule that applies to the entry looks at what this one looks at. */
    private static boolean isLost(PlacedRule rule, List<Set<CallPath>> judged) {
        List<PlacedTest> tests = rule.tests();
        return !tests.isEmpty()
                && tests.stream().noneMatch(test -> judged.stream().anyMatch(paths -> paths.contains(test.path())));
    }
}
