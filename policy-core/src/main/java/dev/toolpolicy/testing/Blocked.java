package dev.toolpolicy.testing;

import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.analysis.Outline;
import dev.toolpolicy.analysis.Outline.Kind;
import dev.toolpolicy.analysis.Outline.RuleList;
import dev.toolpolicy.analysis.Outline.Section;

/** Entries that a rule without conditions blocks, so that no call of theirs is ever allowed. */
final class Blocked {
    private Blocked() {}

    static boolean always(Section entry, Outline outline) {
        ToolPattern tools = entry.tools().get(0);
        return blocks(entry)
                || outline.sections(Kind.ALL_TOOLS).anyMatch(Blocked::blocks)
                || outline.sections(Kind.GROUP).anyMatch(group -> blocks(group) && covers(group, tools));
    }

    private static boolean blocks(Section section) {
        return section.rules(RuleList.DENY_IF).stream()
                .anyMatch(rule -> rule.rule().conditions().isEmpty());
    }

    /** A star stands for a character too, which only a star matches: so a pattern that matches another's text covers it. */
    private static boolean covers(Section group, ToolPattern tools) {
        return group.tools().stream().anyMatch(pattern -> pattern.matches(tools.text()));
    }
}
