package dev.toolpolicy.testing;

import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.analysis.Outline.Kind;
import dev.toolpolicy.analysis.Outline.Section;
import java.util.List;
import java.util.stream.Collectors;

/** Which calls a part of a policy is for, in words. */
final class Calls {
    private static final int MOST = 3;

    private Calls() {}

    /** The calls that a part of a policy is for. */
    static String of(Section section) {
        return section.kind() == Kind.ENTRY ? governedBy(section.tools().get(0)) : of(section.tools());
    }

    /** The calls that an entry governs. */
    static String governedBy(ToolPattern entry) {
        String name = quoted(entry);
        return entry.exact() ? "call " + name : "call a tool that " + name + " matches and no more specific entry does";
    }

    /** The calls of tools that one of these patterns matches; of all tools, if there is none. */
    static String of(List<ToolPattern> patterns) {
        if (patterns.isEmpty()) return "call any tool";
        if (patterns.size() == 1 && patterns.get(0).exact()) return "call " + quoted(patterns.get(0));
        String names = patterns.stream().limit(MOST).map(Calls::quoted).collect(Collectors.joining(" or "));
        return "call a tool that " + names + (patterns.size() > MOST ? " or another of them" : "") + " matches";
    }

    private static String quoted(ToolPattern pattern) {
        return "`" + pattern.text() + "`";
    }
}
