package dev.toolpolicy.document;

import dev.toolpolicy.Limit.Counter;
import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.JsonText;
import dev.toolpolicy.json.JsonText.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can only be judged once the whole document is known: names that must be unique, and patterns that must not tie. */
final class CrossChecks {
    private static final int MAX_PATTERNS = 1_000;

    /** What carries limits: an entry of {@code tools}, a group, or {@code all_tools}. */
    record Owner(Kind kind, List<ToolPattern> tools, Node node) {
        enum Kind {
            TOOL,
            GROUP,
            ALL_TOOLS
        }

        /** Only one tool's own limits know its arguments. */
        boolean takesAmounts() {
            return kind == Kind.TOOL;
        }
    }

    private final Map<String, List<Node>> ids = new LinkedHashMap<>();
    private final Map<ToolPattern, Node> hidden = new LinkedHashMap<>();
    private final Map<ToolPattern, Node> entries = new LinkedHashMap<>();
    private final CounterChecks counters = new CounterChecks();
    private final List<Node> patterns = new ArrayList<>();

    void id(String id, Node node) {
        ids.computeIfAbsent(id, key -> new ArrayList<>()).add(node);
    }

    void limit(Owner owner, Counter counter, Node node) {
        counters.add(owner, counter, node);
    }

    void hide(ToolPattern pattern, Node node) {
        hidden.putIfAbsent(pattern, node);
    }

    void entry(ToolPattern pattern, Node node) {
        entries.put(pattern, node);
    }

    /** One tool pattern, wherever it stands. */
    void pattern(ToolPattern pattern, Node node) {
        if (!pattern.exact()) patterns.add(node);
    }

    /** Says everything that is wrong, now that all is known. */
    void check(JsonText document) {
        if (patterns.size() > MAX_PATTERNS) {
            inOrder(patterns, document)
                    .get(MAX_PATTERNS)
                    .wrongKey(
                            Code.TOO_MANY_PATTERNS,
                            "found " + patterns.size() + " patterns with a `*`, expected at most " + MAX_PATTERNS,
                            "name the tools themselves: names without a `*` are not counted");
        } else {
            ties();
            counters.check(entries.keySet(), document);
        }
        ids(document);
        hidden.forEach((pattern, node) -> {
            if (entries.containsKey(pattern)) {
                node.wrongKey(
                        Code.HIDDEN_AND_LISTED,
                        "found `" + pattern.text() + "` in `hide` and in `tools`, expected it in one of them",
                        "a hidden tool is denied when it is called: remove it from `hide`, or its rules from `tools`");
            }
        });
    }

    private void ties() {
        Set<ToolPattern> told = new HashSet<>();
        for (ToolPattern.Tie tie : ToolPattern.ties(entries.keySet())) {
            Node second = entries.get(tie.second());
            if (second == null || !told.add(tie.second())) continue;
            second.wrongKey(
                    Code.PATTERN_TIE,
                    "`" + tie.second().text() + "` is as specific as `"
                            + tie.first().text() + "`, and some name matches both",
                    "make one of them longer, or name the tools themselves: the pattern with more literal characters wins");
        }
    }

    private void ids(JsonText document) {
        ids.forEach((id, nodes) -> {
            if (nodes.size() < 2) return;
            List<Node> sorted = inOrder(nodes, document);
            for (Node later : sorted.subList(1, sorted.size())) {
                later.wrong(
                        Code.DUPLICATE_ID,
                        "the id `" + Json.shown(id) + "` is given twice, first at "
                                + Json.shown(sorted.get(0).at().toString()),
                        "give each rule and limit an id of its own");
            }
        });
    }

    /** The nodes in the order in which they stand in the document, which is not the order in which it is judged. */
    static List<Node> inOrder(List<Node> nodes, JsonText document) {
        Map<String, Place> places =
                document.places(nodes.stream().map(node -> node.at().toString()).toList());
        return nodes.stream()
                .sorted(Comparator.comparingInt(
                        node -> places.getOrDefault(node.at().toString(), new Place(0, 0))
                                .value()))
                .toList();
    }
}
