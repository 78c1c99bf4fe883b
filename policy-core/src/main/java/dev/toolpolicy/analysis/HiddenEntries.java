package dev.toolpolicy.analysis;

import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Outline.Kind;
import dev.toolpolicy.analysis.Outline.Section;
import dev.toolpolicy.json.Pointer;

/** Entries that govern no call, because a pattern of {@code hide} hides every name that they match. */
final class HiddenEntries implements Check {
    @Override
    public void look(Subject subject, Notes notes) {
        subject.outline().sections(Kind.ENTRY).forEach(entry -> look(entry, subject, notes));
    }

    private static void look(Section entry, Subject subject, Notes notes) {
        ToolPattern pattern = entry.tools().get(0);
        subject.names().hiddenBy(pattern).ifPresent(hide -> {
            ToolPattern hidden = subject.policy().hide().get(hide);
            String shown = "`" + hidden + "` of `hide` (`"
                    + Pointer.ROOT.member("hide").element(hide) + "`)";
            String what = pattern.exact() ? "this tool" : "every tool that this pattern matches";
            String why = subject.names().covers(hidden, pattern)
                    ? shown + " hides " + what
                    : what + " looks like one that " + shown + " hides, and is denied for that";
            notes.add(
                    Code.ENTRY_HIDDEN,
                    entry.pointer(),
                    why + ", so the entry governs no call",
                    "remove the entry, or write `hide` so that it leaves out what may be called");
        });
    }
}
