package dev.toolpolicy;

import dev.toolpolicy.json.Json;
import java.util.Optional;

/** What was given to an evaluator that policies may need. */
record Plugs(boolean counts, boolean asks) {
    /** What this policy needs and nobody gave; empty if nothing is missing. */
    Optional<String> missing(Policy policy, boolean shadow) {
        String which = shadow ? "the shadow" : "the policy";
        if (policy.compiled().counts() && !counts) {
            String first = policy.limits().findFirst().orElseThrow().counter().name();
            return Optional.of(which + " has limits, on `" + Json.shown(first)
                    + "` first, and nothing counts them: give the builder `counters(…)`");
        }
        if (policy.compiled().asks() && !asks) {
            return Optional.of(
                    which + " asks for approvals, and there is nobody to ask: give the builder `approvals(…)`");
        }
        return Optional.empty();
    }
}
