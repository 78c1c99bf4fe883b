package dev.toolpolicy.analysis;

import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Outline.PlacedRule;
import dev.toolpolicy.analysis.Outline.RuleList;
import dev.toolpolicy.analysis.Outline.Section;

/** Tools that are denied by a rule without conditions, where {@code action} says the same in one word. */
final class EmptyDenies implements Check {
    @Override
    public void look(Subject subject, Notes notes) {
        for (Section entry : subject.entries()) {
            for (PlacedRule rule : entry.rules(RuleList.DENY_IF)) {
                if (!rule.rule().conditions().isEmpty()) continue;
                notes.add(
                        Code.DENIED_BY_EMPTY_RULE,
                        rule.pointer(),
                        "a rule without conditions denies every call of this tool",
                        "write `\"action\": \"deny\"` instead of all rules of this entry, with the text in `reason`");
            }
        }
    }
}
