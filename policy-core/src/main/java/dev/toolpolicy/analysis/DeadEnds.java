package dev.toolpolicy.analysis;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Outline.PlacedRule;
import dev.toolpolicy.analysis.Outline.PlacedTest;
import dev.toolpolicy.analysis.Outline.RuleList;
import dev.toolpolicy.analysis.Outline.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two rules that no call passes: one requires what the other denies, or does not allow. */
final class DeadEnds implements Check {
    /** As many pairs of rules are compared, and no more. */
    private static final int MOST_PAIRS = 100_000;

    private static final int MOST_OF_A_PATH = 50;

    @Override
    public void look(Subject subject, Notes notes) {
        new Look(subject, notes).look();
    }

    private static final class Look {
        private final Subject subject;
        private final Notes notes;
        private final Map<String, Map<CallPath, List<PlacedRule>>> byPath = new HashMap<>();
        private int pairs;

        Look(Subject subject, Notes notes) {
            this.subject = subject;
            this.notes = notes;
        }

        void look() {
            List<Section> sections = subject.outline().sections();
            for (Section section : sections) byPath.put(section.pointer(), byPath(section));
            for (Section section : sections) {
                for (PlacedRule rule : section.rules()) if (denies(rule)) look(rule, section);
            }
        }

        private static boolean denies(PlacedRule rule) {
            boolean asks = rule.list() == RuleList.REQUIRE_APPROVAL_IF;
            return !asks && !rule.conditions().isEmpty();
        }

        private static Set<CallPath> paths(PlacedRule rule) {
            Set<CallPath> paths = new LinkedHashSet<>();
            for (PlacedTest test : rule.tests()) paths.add(test.path());
            return paths;
        }

        private static Map<CallPath, List<PlacedRule>> byPath(Section section) {
            Map<CallPath, List<PlacedRule>> rules = new HashMap<>();
            for (PlacedRule rule : section.rules()) {
                if (!denies(rule)) continue;
                for (CallPath path : paths(rule)) {
                    rules.computeIfAbsent(path, p -> new ArrayList<>()).add(rule);
                }
            }
            return rules;
        }

        /** The first rule that meets this one wherever it applies, and leaves nothing that passes both. */
        private void look(PlacedRule rule, Section section) {
            Set<String> seen = new HashSet<>();
            for (Section other : subject.reach().with(section)) {
                for (CallPath path : paths(rule)) {
                    List<PlacedRule> here =
                            byPath.getOrDefault(other.pointer(), Map.of()).getOrDefault(path, List.of());
                    for (PlacedRule second : here.subList(0, Math.min(MOST_OF_A_PATH, here.size()))) {
                        if (second.pointer().equals(rule.pointer())) break;
                        if (pairs++ > MOST_PAIRS) return;
                        if (!seen.add(second.pointer()) || !excludeEachOther(rule, second)) continue;
                        note(rule, second);
                        return;
                    }
                }
            }
        }

        private boolean excludeEachOther(PlacedRule rule, PlacedRule second) {
            Calls calls = subject.calls();
            Calls.Supposed both = Effect.resting(rule)
                    .and(second.rule().conditions(), second.list().letsThrough(), Effect.rests(second.list()));
            // One by which every call is denied is a finding of its own.
            return !calls.exist(both) && calls.exist(Effect.resting(rule)) && calls.exist(Effect.resting(second));
        }

        private void note(PlacedRule rule, PlacedRule second) {
            notes.add(
                    Code.NOTHING_PASSES,
                    rule.pointer(),
                    "no call passes both this rule and " + Shown.quoted(second.name())
                            + ", so every call to which both apply is denied",
                    "correct the one that is wrong; to deny the tool, write `\"action\": \"deny\"`");
        }
    }
}
