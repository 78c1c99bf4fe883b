package dev.toolpolicy;

import dev.toolpolicy.Policy.Group;
import dev.toolpolicy.json.Pointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which groups are for a tool: looked up by name, and not each tool with each group, for there may be a hundred thousand of both. */
final class CompiledGroups {
    /** So many times may groups be for tools, all in all: a reference each. */
    static final long MOST = 10_000_000;

    /** As they are for a tool that is known to be meant. */
    private final List<Section> whole = new ArrayList<>();
    /** As they are for several names, of which the group may mean some. */
    private final List<Section> restricted = new ArrayList<>();

    private final Map<String, List<Integer>> byName = new LinkedHashMap<>();
    private final Map<ToolPattern, List<Integer>> byPattern = new HashMap<>();
    private long given;

    CompiledGroups(List<Group> groups, Checks checks) {
        for (int i = 0; i < groups.size(); i++) {
            Group group = groups.get(i);
            Section section =
                    Section.of(group.rules(), Pointer.ROOT.member("groups").element(i), checks);
            whole.add(section);
            restricted.add(section.only(group.tools()));
            for (ToolPattern tool : group.tools()) {
                if (tool.exact()) add(byName, tool.text(), i);
                else add(byPattern, tool, i);
            }
        }
    }

    private static <K> void add(Map<K, List<Integer>> groups, K key, int group) {
        groups.computeIfAbsent(key, k -> new ArrayList<>()).add(group);
    }

    /** The names that groups write out: each gets a place of its own, so that no pattern need look through them. */
    Set<String> names() {
        return byName.keySet();
    }

    /** The groups that are for this name, in the order of the document. */
    List<Section> of(String name) {
        Set<Integer> applying = new TreeSet<>(byName.getOrDefault(name, List.of()));
        byPattern.forEach((pattern, groups) -> {
            if (pattern.matches(name)) applying.addAll(groups);
        });
        return sections(whole, applying);
    }

    /** The groups that may be for a name that a pattern matches and no group writes out, in the order of the document. */
    List<Section> ofUnwritten(ToolPattern pattern) {
        Set<Integer> applying = new TreeSet<>();
        byPattern.forEach((other, groups) -> {
            if (other.sharesNameWith(pattern)) applying.addAll(groups);
        });
        return sections(restricted, applying);
    }

    private List<Section> sections(List<Section> from, Set<Integer> indices) {
        given += indices.size();
        if (given > MOST) {
            throw new Policy.TooLarge(
                    "found groups that are for tools more than " + MOST + " times in all, expected fewer",
                    "write what most tools have in common once, in `all_tools`");
        }
        return indices.stream().map(from::get).toList();
    }
}
