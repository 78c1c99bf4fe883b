package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** What a policy says of a call: one of four things, each with what belongs to it. */
public sealed interface Decision {
    /** The rule that made it: its id, else its JSON Pointer in the document; {@code ""} where no rule did. */
    String rule();

    /** What one of four functions makes of it: a switch over all cases, on Java 17 too. */
    default <T> T match(
            Function<Allow, T> allow,
            Function<Deny, T> deny,
            Function<RateLimited, T> rateLimited,
            Function<NeedsApproval, T> needsApproval) {
        if (this instanceof Allow decision) return allow.apply(decision);
        if (this instanceof Deny decision) return deny.apply(decision);
        if (this instanceof RateLimited decision) return rateLimited.apply(decision);
        return needsApproval.apply((NeedsApproval) this);
    }

    /** Whether the call may run. */
    default boolean allowed() {
        return this instanceof Allow;
    }

    /** What to tell the agent; empty if the call may run. */
    default Optional<Refusal> refusal() {
        return allowed() ? Optional.empty() : Optional.of(Refusal.of(this));
    }

    /** Run the call, with the frozen arguments. */
    record Allow(String rule, Permit permit) implements Decision {
        public Allow {
            requireNonNull(rule, "rule");
            requireNonNull(permit, "permit");
        }
    }

    /** Do not run it; repeating it unchanged will not help. */
    record Deny(Reason reason) implements Decision {
        public Deny {
            requireNonNull(reason, "reason");
        }

        @Override
        public String rule() {
            return reason.rule();
        }
    }

    /**
     * Not now; the same call passes after a while, if nobody else takes.
     *
     * @param max how much may be used in a window, in the author's unit
     * @param remaining how much of it is left
     * @param retryAfter how long to wait; more than nothing
     * @param message for the agent: the author's text, else one of ours
     */
    record RateLimited(
            String rule, String counter, BigDecimal max, BigDecimal remaining, Duration retryAfter, String message)
            implements Decision {
        public RateLimited {
            requireNonNull(rule, "rule");
            requireNonNull(counter, "counter");
            if (remaining.signum() < 0 || remaining.compareTo(max) > 0) {
                throw new IllegalArgumentException("remaining must be 0 to max, got " + remaining);
            }
            if (retryAfter.isNegative() || retryAfter.isZero()) {
                throw new IllegalArgumentException("retryAfter must be more than nothing, got " + retryAfter);
            }
            requireNonNull(message, "message");
        }

        /** The same, in our words. */
        public RateLimited(String rule, String counter, BigDecimal max, BigDecimal remaining, Duration retryAfter) {
            this(rule, counter, max, remaining, retryAfter, Sentences.retryIn(retryAfter));
        }
    }

    /** Ask a person first. */
    record NeedsApproval(String rule, String approvalId, String question, Instant lapses) implements Decision {
        public NeedsApproval {
            requireNonNull(rule, "rule");
            requireNonNull(approvalId, "approvalId");
            requireNonNull(question, "question");
            requireNonNull(lapses, "lapses");
        }
    }
}
