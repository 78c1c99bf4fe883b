package dev.toolpolicy.testing;

import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.PolicySource;
import dev.toolpolicy.document.PolicyDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The policies of a test, as a source that can be reloaded, and the documents that they were read from. */
final class Served implements PolicySource {
    /**
     * What is in force at one time.
     *
     * @param documents those whose text is known
     */
    record Policies(PolicySource source, Map<Policy, PolicyDocument> documents) {
        Policies {
            documents = Map.copyOf(documents);
        }

        static Policies of(Policy policy) {
            return new Policies(PolicySource.of(policy), Map.of());
        }

        static Policies of(PolicyDocument document) {
            return new Policies(PolicySource.of(document.policy()), Map.of(document.policy(), document));
        }

        /** @throws IllegalArgumentException if policies disagree on a counter that they share, or a name is no grant */
        static Policies byGrant(Map<String, PolicyDocument> documents) {
            Map<String, Policy> policies = new HashMap<>();
            Map<Policy, PolicyDocument> texts = new HashMap<>();
            documents.forEach((grant, document) -> {
                policies.put(grant, document.policy());
                texts.put(document.policy(), document);
            });
            return new Policies(PolicySource.byGrant(policies), texts);
        }

        /** Every document of them. */
        List<PolicyDocument> all() {
            return List.copyOf(documents.values());
        }
    }

    private Policies now;

    Served(Policies first) {
        this.now = first;
    }

    /** From the next call on these are in force. */
    void reload(Policies policies) {
        now = policies;
    }

    @Override
    public Optional<Policy> policyFor(Identity who) {
        return now.source().policyFor(who);
    }

    /** The document of the policy that governs this caller, if its text is known. */
    Optional<PolicyDocument> documentFor(Identity who) {
        return policyFor(who).map(now.documents()::get);
    }
}
