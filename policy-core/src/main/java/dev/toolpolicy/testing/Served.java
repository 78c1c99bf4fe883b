package dev.toolpolicy.testing;

import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.PolicySource;
import dev.toolpolicy.document.PolicyDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The policies of a test, as a source that can be reloaded, and the documents that they were read from. */
final class Served implements PolicySource {
    /**
     * What is in force at one time.
     *
     * @param all the documents whose text is known
     * @param documentOf the one of a grant, if its text is known
     */
    record Policies(
            PolicySource source, List<PolicyDocument> all, Function<String, Optional<PolicyDocument>> documentOf) {
        Policies {
            all = List.copyOf(all);
        }

        static Policies of(Policy policy) {
            return new Policies(PolicySource.of(policy), List.of(), grant -> Optional.empty());
        }

        static Policies of(PolicyDocument document) {
            Optional<PolicyDocument> ofEverybody = Optional.of(document);
            return new Policies(PolicySource.of(document.policy()), List.of(document), grant -> ofEverybody);
        }

        /** @throws IllegalArgumentException if policies disagree on a counter that they share, or a name is no grant */
        static Policies byGrant(Map<String, PolicyDocument> documents) {
            Map<String, Policy> policies = new HashMap<>();
            documents.forEach((grant, document) -> policies.put(grant, document.policy()));
            return new Policies(
                    PolicySource.byGrant(policies),
                    List.copyOf(documents.values()),
                    grant -> Optional.ofNullable(documents.get(grant)));
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
        return now.documentOf().apply(who.grant());
    }
}
