package dev.toolpolicy.analysis;

import dev.toolpolicy.Policy;
import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.analysis.Outline.Kind;
import dev.toolpolicy.analysis.Outline.Section;
import dev.toolpolicy.document.PolicyDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which parts of a policy meet in a call: what is written in one part may be made idle by another. */
final class Reach {
    private final Names names;
    private final Section allTools;
    private final List<Section> groups;
    private final Map<String, List<Integer>> groupsByName = new HashMap<>();
    private final List<GroupPattern> groupPatterns = new ArrayList<>();
    /** The place of each part in the order in which rules are looked at. */
    private final Map<String, Integer> ranks = new HashMap<>();

    private final Map<String, List<Section>> with = new HashMap<>();

    private final Map<String, Facts> facts = new HashMap<>();
    private final Map<String, Boolean> governing = new HashMap<>();

    private record GroupPattern(ToolPattern pattern, int group) {}

    Reach(PolicyDocument document, Outline outline, Names names) {
        this.names = names;
        this.allTools = outline.sections().get(0);
        this.groups = outline.sections(Kind.GROUP).toList();
        for (int i = 0; i < groups.size(); i++) {
            for (ToolPattern pattern : groups.get(i).tools()) {
                if (pattern.exact())
                    groupsByName
                            .computeIfAbsent(pattern.text(), name -> new ArrayList<>())
                            .add(i);
                else groupPatterns.add(new GroupPattern(pattern, i));
            }
        }
        rank(document, outline);
    }

    /** Of several rules that stop a call the first in the document is named; entries never meet each other. */
    private void rank(PolicyDocument document, Outline outline) {
        List<?> keys = document.json() instanceof Map<?, ?> object ? List.copyOf(object.keySet()) : List.of();
        int groupsKey = keys.indexOf("groups");
        int toolsKey = keys.indexOf("tools");
        for (Section section : outline.sections()) {
            ranks.put(
                    section.pointer(),
                    switch (section.kind()) {
                        case ALL_TOOLS -> rank(keys.indexOf("all_tools"), 0);
                        case GROUP -> rank(groupsKey, ranks.size());
                        case ENTRY -> rank(toolsKey, 0);
                    });
        }
    }

    private static int rank(int key, int within) {
        // A policy has fewer groups than this; and a handful of keys.
        return key * 50_000_000 + within;
    }

    /** Where a part stands in the order in which rules are looked at. */
    int rank(Section section) {
        return ranks.getOrDefault(section.pointer(), 0);
    }

    /** The parts that are sure to apply to every call to which this one does, itself the first. */
    List<Section> with(Section section) {
        return with.computeIfAbsent(section.pointer(), pointer -> meeting(section));
    }

    private List<Section> meeting(Section section) {
        List<Section> with = new ArrayList<>();
        with.add(section);
        if (section.kind() == Kind.ALL_TOOLS) return with;
        with.add(allTools);
        Set<Integer> applying = null;
        for (ToolPattern pattern : section.tools()) {
            Set<Integer> here = groupsOf(pattern);
            if (applying == null) applying = here;
            else applying.retainAll(here);
            if (applying.isEmpty()) break;
        }
        if (applying == null) return with;
        for (int group : applying)
            if (!groups.get(group).pointer().equals(section.pointer())) with.add(groups.get(group));
        return with;
    }

    private Set<Integer> groupsOf(ToolPattern pattern) {
        Set<Integer> found = new TreeSet<>();
        if (pattern.exact()) found.addAll(groupsByName.getOrDefault(pattern.text(), List.of()));
        for (GroupPattern wide : groupPatterns) {
            if (!found.contains(wide.group) && names.covers(wide.pattern, pattern)) found.add(wide.group);
        }
        return found;
    }

    /** Whether the rules of an entry are looked at for any call: not if it denies, or is hidden. */
    boolean governs(Section entry) {
        return governing.computeIfAbsent(entry.pointer(), pointer -> {
            boolean denies = entry.tool()
                    .map(tool -> tool.action() == Policy.Action.DENY)
                    .orElse(false);
            return !denies && names.hiddenBy(entry.tools().get(0)).isEmpty();
        });
    }

    /** Whether an entry may let a call through: not if a rule without conditions denies what it governs. */
    boolean isOpen(Section entry) {
        return governs(entry) && !isSwitchedOff(entry);
    }

    /** Whether a rule without conditions denies every call to which this part applies. */
    boolean isSwitchedOff(Section section) {
        return with(section).stream().anyMatch(part -> facts(part).deniesAll());
    }

    /** What is known of one part. */
    Facts facts(Section section) {
        return facts.computeIfAbsent(section.pointer(), pointer -> Facts.of(section));
    }

    /** The part that applies to every call. */
    Section allTools() {
        return allTools;
    }
}
