package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.PolicyListener.Decided;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.spi.Counters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides calls. Safe for any number of threads.
 *
 * <p>Whatever is in doubt is denied: a check that throws, whatever it throws, ends in {@code CHECK_FAILED}.
 */
public final class Evaluator implements AutoCloseable {
    private final PolicySource source;
    private final Decider decider;
    private final @Nullable TimeLimit timeLimit;
    /** With threads of its own: a candidate that hangs takes none from the policy. */
    private final @Nullable TimeLimit shadowTimeLimit;

    private final @Nullable PolicySource shadow;
    private final @Nullable PolicyListener listener;

    private Evaluator(Builder builder) {
        this.source = builder.source;
        this.decider = new Decider(builder.counters, builder.clock, builder.namespace);
        this.timeLimit = builder.timeLimit == null ? null : new TimeLimit(builder.timeLimit);
        this.shadowTimeLimit = builder.timeLimit == null ? null : new TimeLimit(builder.timeLimit);
        this.shadow = builder.shadow;
        this.listener = builder.listener;
    }

    /** An evaluator that asks this source for the policy of each caller. */
    public static Builder builder(PolicySource source) {
        return new Builder(requireNonNull(source, "source"));
    }

    /** An evaluator with one policy for everybody. */
    public static Builder builder(Policy policy) {
        return builder(PolicySource.of(policy));
    }

    /** What is said of this call. Throws for a null call only. */
    public Decision evaluate(ToolCall call) {
        requireNonNull(call, "call");
        try {
            if (listener != null) return heard(call, listener);
            // Without a detour, which would make garbage.
            if (timeLimit == null) return decider.decide(source, call, true, Trace.OFF);
            return timed(
                    timeLimit,
                    () -> decider.decide(source, call, true, Trace.OFF),
                    Evaluator::giveBack,
                    CompiledPolicy.CHECK_FAILED);
        } catch (Throwable e) {
            // Where the stack ends, or the memory, it does so here as well.
            return CompiledPolicy.CHECK_FAILED;
        }
    }

    private Decision heard(ToolCall call, PolicyListener listener) {
        // The candidate first, for it takes nothing: what this very call takes must not count against it.
        Optional<Decision> beside = Optional.ofNullable(shadow)
                .map(candidate -> timed(
                        shadowTimeLimit,
                        () -> decider.decide(candidate, call, false, Trace.OFF),
                        late -> {},
                        CompiledPolicy.CHECK_FAILED));
        record Judged(Decision decision, Optional<Throwable> cause) {}
        Judged judged = timed(
                timeLimit,
                () -> {
                    Trace trace = new Trace(false);
                    return new Judged(decider.decide(source, call, true, trace), trace.cause());
                },
                late -> giveBack(late.decision()),
                new Judged(CompiledPolicy.CHECK_FAILED, Optional.empty()));
        tell(listener, new Decided(call, judged.decision(), beside, judged.cause()));
        return judged.decision();
    }

    /** What would be said of this call, and why: every rule that was looked at. Takes nothing, and asks nobody. */
    public Explanation explain(ToolCall call) {
        requireNonNull(call, "call");
        return timed(
                timeLimit,
                () -> {
                    Trace trace = new Trace(true);
                    return new Explanation(call, decider.decide(source, call, false, trace), trace);
                },
                late -> {},
                new Explanation(call, CompiledPolicy.CHECK_FAILED, new Trace(true)));
    }

    private static <T> T timed(@Nullable TimeLimit limit, Supplier<T> work, Consumer<T> late, T otherwise) {
        return limit == null ? work.get() : limit.run(work, late).orElse(otherwise);
    }

    /** Nobody got this decision: what it took is given back. */
    private static void giveBack(Decision late) {
        if (late instanceof Allow allow) allow.permit().refund();
    }

    /** Whether a tool may be shown to this caller, who might then call it; nothing that is null or malformed may. */
    public boolean visible(@Nullable Identity who, @Nullable String tool) {
        if (who == null || tool == null || !ToolPattern.isName(tool)) return false;
        return timed(timeLimit, () -> isShown(who, tool), late -> {}, false);
    }

    private boolean isShown(Identity who, String tool) {
        try {
            Policy policy = source.policyFor(who).orElse(null);
            if (policy == null) return false;
            Deny refusal = policy.compiled().tool(tool).refusal();
            return refusal == null || !Refusal.of(refusal).asUnknownTool();
        } catch (Throwable e) {
            return false;
        }
    }

    /** Ends what this evaluator started: the threads of a time limit. What it was given is the giver's to close. */
    @Override
    public void close() {
        if (timeLimit != null) timeLimit.close();
        if (shadowTimeLimit != null) shadowTimeLimit.close();
    }

    private static void tell(PolicyListener listener, Decided decided) {
        try {
            listener.decided(decided);
        } catch (Throwable e) {
            // The decision is made: whoever only listens must not change it.
        }
    }

    /** Puts an evaluator together. */
    public static final class Builder {
        private final PolicySource source;
        private @Nullable Counters counters;
        /** To the millisecond, which costs less than what the system has: windows are whole seconds. */
        private InstantSource clock = () -> Instant.ofEpochMilli(System.currentTimeMillis());

        private String namespace = "";
        private @Nullable Duration timeLimit;
        private @Nullable PolicySource shadow;
        private @Nullable PolicyListener listener;

        private Builder(PolicySource source) {
            this.source = source;
        }

        /** Counts what limits count; needed as soon as a policy has some. */
        public Builder counters(Counters counters) {
            this.counters = requireNonNull(counters, "counters");
            return this;
        }

        /**
         * The clock, which tells the windows too; the system's unless set. It is read once in a decision, and not at all where
         * nothing is counted.
         */
        public Builder clock(InstantSource clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /** Whose counters these are, where several evaluators share a store; any text. */
        public Builder namespace(String namespace) {
            this.namespace = requireNonNull(namespace, "namespace");
            return this;
        }

        /**
         * How long a decision may take, with all that is plugged in: one that takes longer is denied. Decisions then run on
         * threads of the evaluator's own, which {@link Evaluator#close} ends. None unless set: what counts in memory needs none.
         */
        public Builder timeLimit(Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("a time limit is more than nothing, got " + limit);
            }
            this.timeLimit = limit;
            return this;
        }

        /** Hears of every decision. */
        public Builder listener(PolicyListener listener) {
            this.listener = requireNonNull(listener, "listener");
            return this;
        }

        /** A candidate that is judged beside and never enforced; the listener hears both. */
        public Builder shadow(PolicySource candidate) {
            this.shadow = requireNonNull(candidate, "candidate");
            return this;
        }

        /**
         * The evaluator.
         *
         * @throws IllegalStateException if a policy that is known needs what is not there, or a candidate has nobody to hear it
         */
        public Evaluator build() {
            refuseWhatIsNotThere(source, "the policy");
            if (shadow != null) {
                refuseWhatIsNotThere(shadow, "the shadow");
                if (listener == null)
                    throw new IllegalStateException("a shadow needs a listener: nobody would hear of it");
            }
            return new Evaluator(this);
        }

        private void refuseWhatIsNotThere(PolicySource source, String which) {
            if (!(source instanceof FixedPolicies fixed)) return;
            for (Policy policy : fixed.policies()) {
                if (policy.compiled().counts() && counters == null) {
                    String first =
                            policy.limits().findFirst().orElseThrow().counter().name();
                    throw new IllegalStateException(which + " has limits, on `" + Json.shown(first)
                            + "` first, and nothing counts them: give the builder `counters(…)`");
                }
                if (policy.compiled().asks())
                    throw new IllegalStateException(which + " asks for approvals, which nobody gives yet");
            }
        }
    }
}
