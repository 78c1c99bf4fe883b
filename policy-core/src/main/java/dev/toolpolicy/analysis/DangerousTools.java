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
            if (!subject.reach().isOpen(entry)) continue;
            boolean asks = entry.tool().orElseThrow().action() == Action.REQUIRE_APPROVAL;
            if (asks || isHeldBack(subject.reach().with(entry), subject)) continue;
            if (NameVerbs.isDangerous(pattern.text()))
                note(entry, "by its name `" + pattern + "` runs or destroys something", notes);
            else if (!pattern.exact()) served(entry, subject, notes);
        }
    }

    private static boolean isHeldBack(List<Section> parts, Subject subject) {
        return parts.stream()
                .map(subject.reach()::facts)
                .anyMatch(part -> part.limits() || part.asks() || part.deniesAll());
    }

    /** What a pattern lets through is known by the server's list only. */
    private static void served(Section entry, Subject subject, Notes notes) {
        if (subject.served().isEmpty()) return;
        ServedTools served = subject.served().get();
        List<String> dangerous = served.of(entry).stream()
                .filter(tool -> NameVerbs.isDangerous(tool.name()) && !isHeldBack(served.groupsOf(tool), subject))
                .map(ServerTools.ServerTool::name)
                .toList();
        if (dangerous.isEmpty()) return;
        note(entry, "by their names these tools run or destroy something: " + Shown.names(dangerous), notes);
    }

    private static void note(Section entry, String why, Notes notes) {
        notes.add(
                Code.UNLIMITED_TOOL,
                entry.pointer(),
                why + ", and nothing limits how often; nor is anybody asked",
                "add `\"action\": \"require_approval\"`,"
                        + " or `\"rate_limit\": { \"max\": 10, \"window\": \"minute\", \"scope\": \"grant\" }`, or deny it");
    }
}
