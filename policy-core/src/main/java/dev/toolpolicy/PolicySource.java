package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives the policy of a caller. A decision asks once, and uses what it got to the end. */
@FunctionalInterface
public interface PolicySource {
    /** The policy of this caller; empty if there is none, and then everything is denied. */
    Optional<Policy> policyFor(Identity who);

    /**
     * From now on this follower is asked about every new policy, and hears of every reload. A source whose policies can change
     * has it check those that it has now, too. Whoever never changes has nothing to say.
     *
     * @throws IllegalStateException if the follower objects to a policy that is in force
     */
    default void subscribe(Follower follower) {}

    /** Ends what {@link #subscribe} began. */
    default void unsubscribe(Follower follower) {}

    /** One policy for everybody. */
    static PolicySource of(Policy policy) {
        return new FixedPolicies.One(requireNonNull(policy, "policy"));
    }

    /** A policy for each grant; a grant without one is denied everything. */
    static PolicySource byGrant(Map<String, Policy> policies) {
        return new FixedPolicies.ByGrant(policies);
    }

    /** Follows the reloads of a source; an evaluator does. What its methods throw is dropped. */
    interface Follower {
        /** Why this policy cannot be served here, in one sentence: it has limits, say, and nothing counts. Empty if it can. */
        Optional<String> objectionTo(Policy policy);

        /**
         * What was read anew is in force.
         *
         * @param source a short name of it
         * @param digest of the policy, or of all of them together
         */
        void reloaded(String source, String digest);

        /**
         * What was read anew is no policy, or not one that can be served: what was in force stays.
         *
         * @param problems a line each
         */
        void rejected(String source, List<String> problems);
    }
}
