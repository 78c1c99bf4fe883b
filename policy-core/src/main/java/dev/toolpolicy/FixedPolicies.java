package dev.toolpolicy;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sources whose policies are known and never change, so that what they need can be checked before the first call. */
sealed interface FixedPolicies extends PolicySource {
    Collection<Policy> policies();

    /** One policy for everybody. */
    final class One implements FixedPolicies {
        private final Optional<Policy> policy;

        One(Policy policy) {
            this.policy = Optional.of(policy);
        }

        @Override
        public Optional<Policy> policyFor(Identity who) {
            return policy;
        }

        @Override
        public Collection<Policy> policies() {
            return List.of(policy.orElseThrow());
        }
    }

    /** A policy for each grant. */
    final class ByGrant implements FixedPolicies {
        private final Map<String, Optional<Policy>> policies = new HashMap<>();

        ByGrant(Map<String, Policy> policies) {
            // Checked as an identity's own grant is: a name that no caller can have is a mistake.
            policies.forEach(
                    (grant, policy) -> this.policies.put(Identity.of(grant).grant(), Optional.of(policy)));
            WideCounters.requireAgreement(policies);
        }

        @Override
        public Optional<Policy> policyFor(Identity who) {
            return policies.getOrDefault(who.grant(), Optional.empty());
        }

        @Override
        public Collection<Policy> policies() {
            return policies.values().stream().map(Optional::orElseThrow).toList();
        }
    }
}
