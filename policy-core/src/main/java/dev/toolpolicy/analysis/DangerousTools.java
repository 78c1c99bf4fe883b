package dev.toolpolicy.analysis;

import dev.toolpolicy.Policy.Action;
import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Outline.Section;
import java.util.List;

/** Tools that run or destroy things, by their names, and may be called as often as one likes without anybody being asked. */
final class DangerousTools implements Check {
    @Override
    public void look(Subject subject, Notes notes) {
        for (Section entry : subject.entries()) {
            ToolPattern pattern = entry.tools().get(0);
            if (!NameVerbs.isDangerous(pattern.text()) || !subject.reach().isOpen(entry)) continue;
            List<Section> with = subject.reach().with(entry);
            boolean asks = entry.tool().orElseThrow().action() == Action.REQUIRE_APPROVAL;
            if (asks || with.stream().map(subject.reach()::facts).anyMatch(part -> part.limits() || part.asks()))
                continue;
            notes.add(
                    Code.UNLIMITED_TOOL,
                    entry.pointer(),
                    "by its name `" + pattern
                            + "` runs or destroys something, and nothing limits how often; nor is anybody asked",
                    "add `\"action\": \"require_approval\"`, or `\"rate_limit\": { \"max\": 10, \"window\": \"minute\", \"scope\": \"grant\" }`, or deny it");
        }
    }
}
