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
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Entries that take the place of a pattern for some of its tools, and lack what it checks: one entry governs, none adds to another. */
final class LooserEntries implements Check {
    @Override
    public void look(Subject subject, Notes notes) {
        List<Section> patterns = subject.entries().stream()
                .filter(entry -> !entry.tools().get(0).exact())
                .sorted(Comparator.comparingInt(
                                (Section entry) -> entry.tools().get(0).literals())
                        .reversed())
                .toList();
        if (patterns.isEmpty()) return;
        for (Section entry : subject.entries()) {
            if (subject.reach().isOpen(entry)) look(entry, patterns, subject, notes);
        }
    }

    /** Compares it with the pattern that would govern without it; to let some through, where that denies, is what entries are for. */
    private static void look(Section entry, List<Section> patterns, Subject subject, Notes notes) {
        ToolPattern own = entry.tools().get(0);
        String instead = "";
        for (Section pattern : patterns) {
            ToolPattern wide = pattern.tools().get(0);
            if (wide.equals(own) || !subject.names().covers(wide, own)) continue;
            if (subject.reach().isOpen(pattern)) {
                List<String> lacking = lacking(entry, pattern, subject);
                if (!lacking.isEmpty()) note(entry, "`" + wide + "`", instead, lacking, notes);
                return;
            }
            if (instead.isEmpty()) instead = "`" + wide + "`";
        }
    }

    private static List<String> lacking(Section entry, Section pattern, Subject subject) {
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
            boolean lost = pattern.rules(list).stream()
                    .anyMatch(rule -> rule.conditions().isEmpty() ? !asks : isLost(rule, judged));
            if (lost) lacking.add("`" + list.key() + "`");
        }
        if (wide.argumentsSchema().isPresent() && !own.argumentsSchema().isPresent()) lacking.add("`arguments_schema`");
        if (!pattern.limits().isEmpty() && !isLimited(entry, pattern, subject)) lacking.add("limits");
        return lacking;
    }

    /** By itself, or by a group that is not for all of the pattern: what counts both was there before. */
    private static boolean isLimited(Section entry, Section pattern, Subject subject) {
        Set<String> both = new HashSet<>();
        for (Section section : subject.reach().with(pattern)) both.add(section.pointer());
        return subject.reach().with(entry).stream()
                .anyMatch(section -> !section.limits().isEmpty() && !both.contains(section.pointer()));
    }

    /** @param denying the pattern that would govern without the entry, if that one denies */
    private static void note(Section entry, String name, String denying, List<String> lacking, Notes notes) {
        notes.add(
                Code.LOOSER_THAN_PATTERN,
                entry.pointer(),
                (denying.isEmpty()
                                ? "this entry governs in place of " + name
                                : "this entry lets through what " + denying + " denies, instead of " + name)
                        + ", and lacks what that one has: " + String.join(", ", lacking),
                "an entry adds nothing to another: repeat here what is to hold, or move it to `groups`, for " + name);
    }

    /** Whether no rule that applies to the entry looks at what this one looks at. */
    private static boolean isLost(PlacedRule rule, List<Set<CallPath>> judged) {
        List<PlacedTest> tests = rule.tests();
        return tests.stream().noneMatch(test -> judged.stream().anyMatch(paths -> paths.contains(test.path())));
    }
}
