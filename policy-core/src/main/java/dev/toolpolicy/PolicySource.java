package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/** Gives the policy of a caller. A decision asks once, and uses what it got to the end. */
@FunctionalInterface
public interface PolicySource {
    /** The policy of this caller; empty if there is none, and then everything is denied. */
    Optional<Policy> policyFor(Identity who);

    /** One policy for everybody. */
    static PolicySource of(Policy policy) {
        return new FixedPolicies.One(requireNonNull(policy, "policy"));
    }

    /** A policy for each grant; a grant without one is denied everything. */
    static PolicySource byGrant(Map<String, Policy> policies) {
        return new FixedPolicies.ByGrant(policies);
    }
}
