package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Limit.Counter;
import dev.toolpolicy.Limit.Scope;
import dev.toolpolicy.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counters that callers of several grants share, and so their policies: they must mean the same in all of them. For a
 * {@link PolicySource} of the host's own, which nobody else checks.
 */
public final class WideCounters {
    private record Use(String policy, Counter counter) {}

    /**
     * Two policies that disagree on a counter.
     *
     * @param counter its name
     * @param one the name of a policy in which the counter is wider than a grant
     * @param other the name of a policy that says otherwise
     */
    public record Clash(String counter, String one, String other) {
        public Clash {
            requireNonNull(counter, "counter");
            requireNonNull(one, "one");
            requireNonNull(other, "other");
        }
    }

    private WideCounters() {}

    /** Every policy, by its name, that disagrees with another on a counter that is wider than a grant in one of them. */
    public static List<Clash> clashes(Map<String, Policy> policies) {
        // Many names may share one policy, which then agrees with itself.
        IdentityHashMap<Policy, String> names = new IdentityHashMap<>();
        List<Use> uses = new ArrayList<>();
        policies.forEach((name, policy) -> {
            if (names.putIfAbsent(policy, name) != null) return;
            policy.limits().map(Limit::counter).distinct().forEach(counter -> uses.add(new Use(name, counter)));
        });
        Map<String, Use> wide = new HashMap<>();
        for (Use use : uses) {
            if (isWide(use.counter().scope())) wide.putIfAbsent(use.counter().name(), use);
        }
        List<Clash> clashes = new ArrayList<>();
        for (Use use : uses) {
            Use first = wide.get(use.counter().name());
            if (first == null || first.counter().equals(use.counter())) continue;
            clashes.add(new Clash(use.counter().name(), first.policy(), use.policy()));
        }
        return clashes;
    }

    /** @throws IllegalArgumentException if the policies of two grants disagree */
    static void requireAgreement(Map<String, Policy> byGrant) {
        clashes(byGrant).stream().findFirst().ifPresent(clash -> {
            throw new IllegalArgumentException("the counter `" + Json.shown(clash.counter())
                    + "` means one thing for the grant `" + Json.shown(clash.one()) + "` and another for `"
                    + Json.shown(clash.other())
                    + "`, though several grants share it: make window, max, scope and decimals agree");
        });
    }

    private static boolean isWide(Scope scope) {
        return scope.kind() == Scope.Kind.GLOBAL || scope.kind() == Scope.Kind.IDENTITY;
    }
}
