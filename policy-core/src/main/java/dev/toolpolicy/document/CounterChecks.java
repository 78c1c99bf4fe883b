package dev.toolpolicy.document;

import dev.toolpolicy.Limit.Counter;
import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.document.CrossChecks.Owner;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether the limits of a document go together: one meaning for each counter, charged once by a call, and not too many. */
final class CounterChecks {
    private static final int MAX_LIMITS = 64;

    private record Use(Owner owner, Counter counter, Node node) {}

    private final List<Use> uses = new ArrayList<>();

    void add(Owner owner, Counter counter, Node node) {
        uses.add(new Use(owner, counter, node));
    }

    List<Node> nodes() {
        return uses.stream().map(Use::node).toList();
    }

    void check(Collection<ToolPattern> entries, DocumentOrder order) {
        Map<Owner, List<Use>> byOwner = grouped(uses, Use::owner);
        Meetings meetings = new Meetings(entries, byOwner.keySet());
        for (List<Use> shared : grouped(uses, use -> use.counter().name()).values()) {
            if (shared.size() < 2) continue;
            Set<Use> twice = chargedTwice(shared, meetings, order);
            conflicts(shared, twice, order);
        }
        tooMany(byOwner, meetings, order);
    }

    private static <K> Map<K, List<Use>> grouped(List<Use> uses, Function<Use, K> by) {
        return uses.stream().collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()));
    }

    /** Says which limits charge a counter that another limit of the same call charges too. */
    private static Set<Use> chargedTwice(List<Use> shared, Meetings meetings, DocumentOrder order) {
        Set<Use> told = new HashSet<>();
        Map<Owner, List<Use>> byOwner = grouped(shared, Use::owner);
        boolean apart = byOwner.keySet().stream().allMatch(owner -> owner.kind() == Owner.Kind.TOOL);
        Meetings.Among among = meetings.among(byOwner.keySet());
        Map<Owner, Use> firstOfOwner = new LinkedHashMap<>();
        for (Use use : shared) {
            Use other = firstOfOwner.putIfAbsent(use.owner(), use);
            // One entry governs a call: the limits of two tools never meet.
            if (other == null && !apart)
                other = besides(use, byOwner, told, among).orElse(null);
            if (other == null) continue;
            List<Node> sorted = order.sorted(List.of(other.node(), use.node()));
            Use later = sorted.get(1).equals(use.node()) ? use : other;
            if (told.add(later)) tell(later, sorted.get(0));
        }
        return told;
    }

    private static Optional<Use> besides(Use use, Map<Owner, List<Use>> byOwner, Set<Use> told, Meetings.Among among) {
        return among.beside(use.owner())
                .flatMap(owner -> byOwner.getOrDefault(owner, List.of()).stream())
                .filter(other -> !told.contains(other))
                .findFirst();
    }

    private static void tell(Use later, Node first) {
        later.node()
                .wrong(
                        Code.COUNTER_TWICE,
                        "one call would charge `" + Json.shown(later.counter().name()) + "` twice: here and at "
                                + Json.shown(first.at().toString()),
                        "remove one of the two limits, or give them counters of their own");
    }

    private static void conflicts(List<Use> shared, Set<Use> told, DocumentOrder order) {
        Counter any = shared.get(0).counter();
        if (shared.stream().allMatch(use -> use.counter().equals(any))) return;
        List<Node> sorted = order.sorted(shared.stream().map(Use::node).toList());
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
                    "limits that share a counter agree on `window`, `max`, `scope` and `decimals`:"
                            + " give this one a name of its own, or make them agree");
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

    private static void tooMany(Map<Owner, List<Use>> byOwner, Meetings meetings, DocumentOrder order) {
        // One limit too many is told once, however many tools it is too many for.
        Set<Node> told = new HashSet<>();
        meetings.forEachCall(owners -> {
            List<Use> together = new ArrayList<>();
            for (Owner owner : owners) together.addAll(byOwner.getOrDefault(owner, List.of()));
            if (together.size() <= MAX_LIMITS) return;
            Node first = order.sorted(together.stream().map(Use::node).toList()).get(MAX_LIMITS);
            if (!told.add(first)) return;
            first.wrongKey(
                    Code.TOO_MANY_LIMITS,
                    "up to " + together.size() + " limits may apply to one call, expected at most " + MAX_LIMITS,
                    "remove some, or count several tools together with one limit of a group");
        });
    }
}
