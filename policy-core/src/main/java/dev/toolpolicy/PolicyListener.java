package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Hears what an evaluator does, for metrics and messages. It decides nothing: what it throws is dropped, and the decision stands.
 * It is called on the thread of the call, and should be quick.
 */
public interface PolicyListener {
    /** A call was judged. */
    void decided(Decided decided);

    /**
     * A call, and what was decided.
     *
     * @param shadow what the candidate would have decided, if one is judged beside; it is never enforced
     * @param cause what a check threw, if the call was denied for that; for operators, never for the agent
     */
    record Decided(ToolCall call, Decision decision, Optional<Decision> shadow, Optional<Throwable> cause) {
        public Decided {
            requireNonNull(call, "call");
            requireNonNull(decision, "decision");
            requireNonNull(shadow, "shadow");
            requireNonNull(cause, "cause");
        }
    }
}
