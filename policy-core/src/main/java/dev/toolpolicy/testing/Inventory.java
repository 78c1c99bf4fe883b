package dev.toolpolicy.testing;

import dev.toolpolicy.Policy.Action;
import dev.toolpolicy.Policy.Tool;
import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.analysis.Outline;
import dev.toolpolicy.analysis.Outline.Kind;
import dev.toolpolicy.analysis.Outline.PlacedLimit;
import dev.toolpolicy.analysis.Outline.PlacedRule;
import dev.toolpolicy.analysis.Outline.Section;
import dev.toolpolicy.document.PolicyDocument;
import dev.toolpolicy.testing.Point.Spot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Goes through a policy and makes a point of everything in it that a call can exercise. */
final class Inventory {
    /** The points of an entry: that it governed a call, and that it allowed one, if it ever can. */
    record EntryPoints(Point governed, Optional<Point> allowed) {}

    /** The point of a group: that it was for the tool of a call. */
    record GroupPoint(List<ToolPattern> tools, Point applied) {}

    private final List<Point> points = new ArrayList<>();
    private final Map<String, Point> hidden = new HashMap<>();
    private final Map<ToolPattern, EntryPoints> entries = new HashMap<>();
    private final List<GroupPoint> groups = new ArrayList<>();
    private final Map<String, StepPoints> steps = new HashMap<>();
    private final Optional<Point> unlisted;

    Inventory(PolicyDocument document) {
        List<ToolPattern> hide = document.policy().hide();
        boolean decides = Stream.concat(hide.stream(), document.policy().tools().keySet().stream())
                .noneMatch(Inventory::matchesAll);
        unlisted = decides ? Optional.of(decided()) : Optional.empty();
        for (int i = 0; i < hide.size(); i++) {
            String pointer = "/hide/" + i;
            Point denied = at(PointKind.HIDE, pointer)
                    .add("denied a call", "no call was denied by it", Calls.of(List.of(hide.get(i))));
            hidden.put(pointer, denied);
        }
        Outline outline = Outline.of(document);
        for (Section section : outline.sections()) {
            if (section.kind() == Kind.GROUP) group(section);
            section.tool().ifPresent(tool -> entry(section, tool, outline));
            rules(section);
        }
    }

    /** A star stands for a character too, which only stars match. */
    private static boolean matchesAll(ToolPattern pattern) {
        return pattern.matches("*");
    }

    private Point decided() {
        return at(PointKind.DEFAULT, "/default")
                .add("decided a call", "it decided no call", "call a tool that no entry of `tools` matches");
    }

    private Spot at(PointKind kind, String pointer) {
        return new Spot(points, kind, pointer);
    }

    private void group(Section group) {
        String hint = Calls.of(group.tools()) + ", and one whose name alone is not denied";
        Point applied = at(PointKind.GROUPS, group.pointer()).add("was for a call", "it was for no call", hint);
        groups.add(new GroupPoint(group.tools(), applied));
    }

    private void entry(Section entry, Tool tool, Outline outline) {
        ToolPattern pattern = entry.tools().get(0);
        String calls = Calls.governedBy(pattern);
        Spot spot = at(PointKind.TOOLS, entry.pointer());
        Point governed = spot.add("governed a call", "it governed no call", calls);
        boolean denies = tool.action() == Action.DENY || Blocked.always(entry, outline);
        Optional<Point> allowed = denies
                ? Optional.empty()
                : Optional.of(spot.add(
                        "allowed a call", "no call that it governed was allowed", calls + " so that nothing stops it"));
        entries.put(pattern, new EntryPoints(governed, allowed));
    }

    private void rules(Section section) {
        RulePoints rules = new RulePoints(points, Calls.of(section));
        boolean asks = section.tool()
                .filter(tool -> tool.action() == Action.REQUIRE_APPROVAL)
                .isPresent();
        if (asks) steps.put(section.pointer() + "/action", rules.action(section.pointer() + "/action"));
        for (PlacedRule rule : section.rules()) steps.put(rule.name(), rules.rule(rule));
        boolean checked = section.tool()
                .filter(tool -> tool.argumentsSchema().isPresent())
                .isPresent();
        String schema = section.pointer() + "/arguments_schema";
        if (checked) steps.put(schema, rules.schema(schema));
        for (PlacedLimit limit : section.limits()) steps.put(limit.name(), rules.limit(limit));
    }

    List<Point> points() {
        return points;
    }

    /** By the pointers of {@code hide}. */
    Map<String, Point> hidden() {
        return hidden;
    }

    Map<ToolPattern, EntryPoints> entries() {
        return entries;
    }

    List<GroupPoint> groups() {
        return groups;
    }

    /** By what explanations call the rules, limits and schemas. */
    Map<String, StepPoints> steps() {
        return steps;
    }

    /** The point of the default, unless some pattern matches every name. */
    Optional<Point> unlisted() {
        return unlisted;
    }
}
