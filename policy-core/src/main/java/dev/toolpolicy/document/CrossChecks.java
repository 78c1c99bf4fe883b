package dev.toolpolicy.document;

import dev.toolpolicy.Limit.Counter;
import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.JsonText;
import dev.toolpolicy.json.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can only be judged once the whole document is known: names that must be unique, and patterns that must not tie. */
final class CrossChecks {
    private static final int MAX_PATTERNS = 1_000;
    /** So often may a name be compared with a pattern, each with each: some seconds at worst. */
    private static final long MAX_COMPARED = 10_000_000;

    /** What carries limits: an entry of {@code tools}, a group, or {@code all_tools}. Equal to itself alone, as its node is. */
    record Owner(Kind kind, List<ToolPattern> tools, Node node) {
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

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
    private long names;

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
        if (pattern.exact()) names++;
        else patterns.add(node);
    }

    /** Says everything that is wrong, now that all is known. */
    void check(JsonText document) {
        List<Node> all = new ArrayList<>(patterns);
        all.addAll(counters.nodes());
        ids.values().forEach(all::addAll);
        DocumentOrder order = new DocumentOrder(document, all);
        if (patterns.size() > MAX_PATTERNS) {
            order.sorted(patterns)
                    .get(MAX_PATTERNS)
                    .wrongKey(
                            Code.TOO_MANY_PATTERNS,
                            "found " + patterns.size() + " patterns with a `*`, expected at most " + MAX_PATTERNS,
                            "name the tools themselves: names without a `*` are not counted");
        } else if (names * patterns.size() > MAX_COMPARED) {
            Node root = new Node(Pointer.ROOT, null, patterns.get(0).log());
            root.wrong(
                    Code.TOO_LARGE,
                    "found " + names + " names and " + patterns.size() + " patterns, expected at most " + MAX_COMPARED
                            + " pairs of them",
                    "write fewer patterns with a `*`, or make two policies of this one");
        } else {
            ties();
            counters.check(entries.keySet(), order);
        }
        ids(order);
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
        for (ToolPattern.Tie tie : ToolPattern.ties(entries.keySet())) {
            Node second = entries.get(tie.second());
            if (second == null) continue;
            second.wrongKey(
                    Code.PATTERN_TIE,
                    "`" + tie.second().text() + "` is as specific as `"
                            + tie.first().text() + "`, and some name matches both",
                    "make one of them longer, or name the tools themselves: the pattern with more literal characters wins");
        }
    }

    private void ids(DocumentOrder order) {
        ids.forEach((id, nodes) -> {
            if (nodes.size() < 2) return;
            List<Node> sorted = order.sorted(nodes);
            for (Node later : sorted.subList(1, sorted.size())) {
                later.wrong(
                        Code.DUPLICATE_ID,
                        "the id `" + Json.shown(id) + "` is given twice, first at "
                                + Json.shown(sorted.get(0).at().toString()),
                        "give each rule and limit an id of its own");
            }
        });
    }
}
