package dev.toolpolicy.document;

import dev.toolpolicy.Limit.Counter;
import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.document.CrossChecks.Owner;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.JsonText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Whether the limits of a document go together: one meaning for each counter, charged once by a call, and not too many. */
final class CounterChecks {
    private static final int MAX_LIMITS = 64;

    private record Use(Owner owner, Counter counter, Node node) {}

    private final List<Use> uses = new ArrayList<>();

    void add(Owner owner, Counter counter, Node node) {
        uses.add(new Use(owner, counter, node));
    }

    void check(Collection<ToolPattern> entries, JsonText document) {
        Governing governing = new Governing(entries);
        Map<String, List<Use>> byName = new LinkedHashMap<>();
        for (Use use : uses)
            byName.computeIfAbsent(use.counter().name(), name -> new ArrayList<>())
                    .add(use);
        for (List<Use> shared : byName.values()) {
            if (shared.size() < 2) continue;
            Set<Use> twice = chargedTwice(shared, governing, document);
            conflicts(shared, twice, document);
        }
        tooMany(governing, document);
    }

    /** Says which limits charge a counter that another limit of the same call charges too. */
    private static Set<Use> chargedTwice(List<Use> shared, Governing governing, JsonText document) {
        Set<Use> told = new HashSet<>();
        List<Use> wide = shared.stream()
                .filter(use -> use.owner().kind() != Owner.Kind.TOOL)
                .toList();
        Map<Owner, Use> firstOfOwner = new LinkedHashMap<>();
        for (Use use : shared) {
            Use first = firstOfOwner.putIfAbsent(use.owner(), use);
            Use other = first != null
                    ? first
                    : wide.stream()
                            .filter(w -> !w.owner().equals(use.owner())
                                    && !told.contains(w)
                                    && governing.bothApply(w.owner(), use.owner()))
                            .findFirst()
                            .orElse(null);
            if (other == null) continue;
            List<Node> sorted = CrossChecks.inOrder(List.of(other.node(), use.node()), document);
            Use later = sorted.get(1).equals(use.node()) ? use : other;
            if (told.add(later)) tell(later, sorted.get(0));
        }
        return told;
    }

    private static void tell(Use later, Node first) {
        later.node()
                .wrong(
                        Code.COUNTER_TWICE,
                        "one call would charge `" + Json.shown(later.counter().name()) + "` twice: here and at "
                                + Json.shown(first.at().toString()),
                        "remove one of the two limits, or give them counters of their own");
    }

    private static void conflicts(List<Use> shared, Set<Use> told, JsonText document) {
        if (shared.stream().map(Use::counter).distinct().count() < 2) return;
        List<Node> sorted = CrossChecks.inOrder(shared.stream().map(Use::node).toList(), document);
        Map<Node, Use> byNode = new LinkedHashMap<>();
        for (Use use : shared) byNode.put(use.node(), use);
        Use first = Objects.requireNonNull(byNode.get(sorted.get(0)));
        for (Node node : sorted) {
            Use use = Objects.requireNonNull(byNode.get(node));
            if (told.contains(use) || use.counter().equals(first.counter())) continue;
            node.wrong(
                    Code.COUNTER_CONFLICT,
                    "the counter `" + Json.shown(use.counter().name()) + "` has "
                            + difference(use.counter(), first.counter()) + " at "
                            + Json.shown(first.node().at().toString()),
                    "limits that share a counter agree on `window`, `max`, `scope` and `decimals`: give this one a name of its own, or make them agree");
        }
    }

    private static String difference(Counter here, Counter there) {
        if (here.windowSeconds() != there.windowSeconds()) {
            return "a window of " + here.windowSeconds() + " s here, and of " + there.windowSeconds() + " s";
        }
        if (here.max() != there.max()) return "`max` " + here.max() + " here, and " + there.max();
        if (here.decimals() != there.decimals())
            return "`decimals` " + here.decimals() + " here, and " + there.decimals();
        return "scope `" + Json.shown(here.scope().toString()) + "` here, and `"
                + Json.shown(there.scope().toString()) + "`";
    }

    private void tooMany(Governing governing, JsonText document) {
        Map<Owner, List<Node>> limits = new LinkedHashMap<>();
        for (Use use : uses)
            limits.computeIfAbsent(use.owner(), owner -> new ArrayList<>()).add(use.node());
        List<Owner> wide = limits.keySet().stream()
                .filter(owner -> owner.kind() != Owner.Kind.TOOL)
                .toList();
        // One limit too many is told once, however many tools it is too many for.
        Set<Node> told = new HashSet<>();
        limits.forEach((owner, own) -> {
            List<Node> together = new ArrayList<>(own);
            // What applies to all tools is by itself no more than it is: each group and tool is told by its own.
            for (Owner other : owner.kind() == Owner.Kind.ALL_TOOLS ? List.<Owner>of() : wide) {
                if (!other.equals(owner) && governing.bothApply(other, owner))
                    together.addAll(limits.getOrDefault(other, List.of()));
            }
            if (together.size() <= MAX_LIMITS) return;
            Node first = CrossChecks.inOrder(together, document).get(MAX_LIMITS);
            if (!told.add(first)) return;
            first.wrongKey(
                    Code.TOO_MANY_LIMITS,
                    "up to " + together.size() + " limits may apply to one call, expected at most " + MAX_LIMITS,
                    "remove some, or count several tools together with one limit of a group");
        });
    }

    /** Which entry governs a name, and so which limits may meet in one call. */
    private static final class Governing {
        private final Set<ToolPattern> exact = new HashSet<>();
        private final List<ToolPattern> mostSpecificFirst = new ArrayList<>();

        Governing(Collection<ToolPattern> entries) {
            for (ToolPattern entry : entries) {
                if (entry.exact()) exact.add(entry);
                else mostSpecificFirst.add(entry);
            }
            mostSpecificFirst.sort(
                    Comparator.comparingInt(ToolPattern::literals).reversed());
        }

        /** Whether both may apply to one call; of two patterns it is enough that they share a name. */
        boolean bothApply(Owner wide, Owner other) {
            if (wide.kind() == Owner.Kind.ALL_TOOLS || other.kind() == Owner.Kind.ALL_TOOLS) return true;
            boolean governs = other.kind() == Owner.Kind.TOOL;
            for (ToolPattern a : wide.tools()) {
                for (ToolPattern b : other.tools()) {
                    if (a.sharesNameWith(b) && !(governs && a.exact() && !governs(b, a))) return true;
                }
            }
            return false;
        }

        private boolean governs(ToolPattern entry, ToolPattern name) {
            if (exact.contains(name)) return entry.equals(name);
            return mostSpecificFirst.stream()
                    .filter(pattern -> pattern.matches(name.text()))
                    .findFirst()
                    .map(entry::equals)
                    .orElse(false);
        }
    }
}
