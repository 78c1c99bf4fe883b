package dev.toolpolicy;

import dev.toolpolicy.Limit.Counter;
import dev.toolpolicy.Limit.Scope;
import dev.toolpolicy.json.Json;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Counters that callers of several grants share, and so their policies: they must mean the same in all of them. */
final class WideCounters {
    private record Use(String grant, Counter counter) {}

    private WideCounters() {}

    /** @throws IllegalArgumentException if two policies disagree on a counter that is wider than a grant in one of them */
    static void requireAgreement(Map<String, Policy> policies) {
        Map<String, Use> wide = new HashMap<>();
        IdentityHashMap<Policy, String> grants = new IdentityHashMap<>();
        policies.forEach((grant, policy) -> grants.putIfAbsent(policy, grant));
        grants.forEach((policy, grant) -> policy.limits()
                .map(Limit::counter)
                .filter(counter -> isWide(counter.scope()))
                .forEach(counter -> wide.putIfAbsent(counter.name(), new Use(grant, counter))));
        grants.forEach((policy, grant) -> policy.limits().map(Limit::counter).forEach(counter -> {
            Use other = wide.get(counter.name());
            if (other == null || other.counter().equals(counter)) return;
            throw new IllegalArgumentException("the counter `" + Json.shown(counter.name())
                    + "` means one thing for the grant `" + Json.shown(other.grant()) + "` and another for `"
                    + Json.shown(grant)
                    + "`, though several grants share it: make window, max, scope and decimals agree");
        }));
    }

    private static boolean isWide(Scope scope) {
        return scope.kind() == Scope.Kind.GLOBAL || scope.kind() == Scope.Kind.IDENTITY;
    }
}
