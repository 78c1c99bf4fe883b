package dev.toolpolicy.analysis;

import dev.toolpolicy.analysis.PolicyDraft.Drafted;
import dev.toolpolicy.analysis.PolicyDraft.Risk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says of tools whose names differ in letter case or in {@code _ . -} only what that does to their calls. */
final class LookAlikes {
    private LookAlikes() {}

    /** The same tools, unsure of those that another one resembles. */
    static List<Drafted> told(List<Drafted> tools) {
        Map<String, List<Drafted>> alike = new HashMap<>();
        for (Drafted tool : tools) {
            alike.computeIfAbsent(Names.folded(tool.name()), name -> new ArrayList<>())
                    .add(tool);
        }
        List<Drafted> told = new ArrayList<>();
        for (Drafted tool : tools) {
            List<Drafted> group = alike.getOrDefault(Names.folded(tool.name()), List.of());
            told.add(group.size() < 2 ? tool : tool.unsureOf(doubt(tool, group)));
        }
        return told;
    }

    private static String doubt(Drafted tool, List<Drafted> group) {
        boolean hidden = tool.risk() == Risk.DESTRUCTIVE;
        for (Drafted other : group) {
            if (!hidden && other.risk() == Risk.DESTRUCTIVE) {
                return "every call of it is denied as a look-alike of `" + other.name() + "`, which is hidden";
            }
        }
        Drafted other = group.get(0).name().equals(tool.name()) ? group.get(1) : group.get(0);
        return "`" + other.name() + "` looks like it";
    }
}
