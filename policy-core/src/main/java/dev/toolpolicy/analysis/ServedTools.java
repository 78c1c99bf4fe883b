package dev.toolpolicy.analysis;

import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.analysis.Outline.Section;
import dev.toolpolicy.analysis.ServerTools.ServerTool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tools of a server, and the parts of a policy that apply to each. */
final class ServedTools {
    private final ServerTools list;
    private final Map<String, List<ServerTool>> bySection = new HashMap<>();
    private final List<ServerTool> leftToDefault = new ArrayList<>();
    private final Map<String, ServerTool> byName = new HashMap<>();
    private final Map<String, List<Section>> groupsOfTool = new HashMap<>();

    ServedTools(ServerTools list, Outline outline, Names names) {
        this.list = list;
        Map<String, Section> exact = new HashMap<>();
        List<Section> patterns = new ArrayList<>();
        for (Section section : outline.sections()) {
            if (section.kind() != Outline.Kind.ENTRY) continue;
            ToolPattern pattern = section.tools().get(0);
            if (pattern.exact()) exact.put(pattern.text(), section);
            else patterns.add(section);
        }
        patterns.sort(Comparator.comparingInt(
                        (Section section) -> section.tools().get(0).literals())
                .reversed());
        for (ServerTool tool : list.tools()) {
            byName.put(tool.name(), tool);
            if (!ToolPattern.isName(tool.name()) || names.hides(tool.name())) continue;
            Optional<Section> entry = Optional.ofNullable(exact.get(tool.name()))
                    .or(() -> patterns.stream()
                            .filter(section -> section.tools().get(0).matches(tool.name()))
                            .findFirst());
            entry.ifPresentOrElse(section -> add(section, tool), () -> leftToDefault.add(tool));
            for (Section section : outline.sections()) {
                if (section.kind() == Outline.Kind.ALL_TOOLS) add(section, tool);
                if (section.kind() == Outline.Kind.GROUP
                        && section.tools().stream().anyMatch(pattern -> pattern.matches(tool.name()))) {
                    add(section, tool);
                    groupsOfTool
                            .computeIfAbsent(tool.name(), name -> new ArrayList<>())
                            .add(section);
                }
                if (section.kind() == Outline.Kind.ENTRY) break;
            }
        }
    }

    private void add(Section section, ServerTool tool) {
        bySection
                .computeIfAbsent(section.pointer(), pointer -> new ArrayList<>())
                .add(tool);
    }

    /** As the server lists them. */
    List<ServerTool> all() {
        return list.tools();
    }

    /** Whether the server has a tool of that name. */
    boolean has(String name) {
        return byName.containsKey(name);
    }

    /** The tools to which a part of the policy applies; of an entry those that it governs. */
    List<ServerTool> of(Section section) {
        return bySection.getOrDefault(section.pointer(), List.of());
    }

    /** The groups that are for a tool. */
    List<Section> groupsOf(ServerTool tool) {
        return groupsOfTool.getOrDefault(tool.name(), List.of());
    }

    /** The tools that no entry governs, and {@code hide} does not hide. */
    List<ServerTool> leftToDefault() {
        return leftToDefault;
    }
}
