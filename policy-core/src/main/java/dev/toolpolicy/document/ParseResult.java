package dev.toolpolicy.document;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Policy;
import java.util.List;

/** What became of a document: a policy, or everything that is wrong with it. There is nothing in between. */
public sealed interface ParseResult {
    /**
     * The policy.
     *
     * @throws InvalidPolicyException if the document was rejected; its message is the rendered report
     */
    Policy orThrow();

    /** The document is a policy. */
    record Parsed(Policy policy) implements ParseResult {
        public Parsed {
            requireNonNull(policy, "policy");
        }

        @Override
        public Policy orThrow() {
            return policy;
        }
    }

    /** The document is no policy; the problems are sorted by their place in it. */
    record Rejected(List<Problem> problems) implements ParseResult {
        public Rejected {
            // A list of ours is immutable, and knows the text that its problems lie in.
            problems = problems instanceof RenderedProblems ? problems : List.copyOf(problems);
            if (problems.isEmpty()) throw new IllegalArgumentException("a rejected document has a problem");
        }

        /** The problems as a person reads them, each with the line it stands in. */
        public String report() {
            return problems instanceof RenderedProblems rendered ? rendered.report() : Report.withoutSource(problems);
        }

        @Override
        public Policy orThrow() {
            throw new InvalidPolicyException(this);
        }

        @Override
        public String toString() {
            return report();
        }
    }
}
