package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.PolicyListener.Decided;
import dev.toolpolicy.spi.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides calls. Safe for any number of threads.
 *
 * <p>Whatever is in doubt is denied: a check that throws, whatever it throws, ends in {@code CHECK_FAILED}.
 */
public final class Evaluator {
    private final PolicySource source;
    private final @Nullable PolicySource shadow;
    private final @Nullable PolicyListener listener;

    private Evaluator(Builder builder) {
        this.source = builder.source;
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
        if (listener == null) return decide(source, call, Trace.OFF);
        Trace trace = new Trace(false);
        Decision decision = decide(source, call, trace);
        Optional<Decision> beside = Optional.ofNullable(shadow).map(candidate -> decide(candidate, call, Trace.OFF));
        tell(listener, new Decided(call, decision, beside, trace.cause()));
        return decision;
    }

    /** What would be said of this call, and why: every rule that was looked at. Takes nothing, and asks nobody. */
    public Explanation explain(ToolCall call) {
        Trace trace = new Trace(true);
        Decision decision = decide(source, requireNonNull(call, "call"), trace);
        return new Explanation(call, decision, trace);
    }

    /** Whether a tool may be shown to this caller, who might then call it; nothing that is null or malformed may. */
    public boolean visible(@Nullable Identity who, @Nullable String tool) {
        if (who == null || tool == null || !ToolPattern.isName(tool)) return false;
        try {
            Policy policy = source.policyFor(who).orElse(null);
            if (policy == null) return false;
            Deny refusal = policy.compiled().tool(tool).refusal();
            return refusal == null || !Refusal.of(refusal).asUnknownTool();
        } catch (Throwable e) {
            return false;
        }
    }

    /** The order of a decision. A malformed call, step 1, does not get here: it cannot be made. */
    private static Decision decide(PolicySource source, ToolCall call, Trace trace) {
        try {
            // 2: no policy
            Policy policy = source.policyFor(call.identity()).orElse(null);
            if (policy == null) return CompiledPolicy.NO_POLICY;
            CompiledPolicy compiled = policy.compiled();
            // 3 to 5: hidden, a look-alike or not listed, denied by its entry
            CompiledTool tool = compiled.tool(call.tool());
            if (tool.refusal() != null) return tool.refusal();
            // Limits and approvals are not there yet: what has them is refused whole, not half obeyed.
            if (compiled.counts() || compiled.asks()) return CompiledPolicy.CHECK_FAILED;
            // 6: what is required
            Deny stopped = firstStop(tool.require(), null, call, trace);
            // 7: what is forbidden
            stopped = firstStop(tool.denyIf(), stopped, call, trace);
            // 8: the arguments' schema
            stopped = broken(tool, stopped, call, trace);
            if (stopped != null) return stopped;
            // 9 to 11: nothing is counted and nobody asked
            return tool.allow();
        } catch (Throwable e) {
            trace.failed(e);
            return CompiledPolicy.CHECK_FAILED;
        }
    }

    /** What stopped the call before, else the first of these rules that stops it; null if none does. */
    private static @Nullable Deny firstStop(CompiledRule[][] parts, @Nullable Deny before, ToolCall call, Trace trace) {
        Deny stopped = before;
        for (CompiledRule[] rules : parts) {
            for (CompiledRule rule : rules) {
                // Rules that can change nothing any more are looked at for an explanation only.
                if (stopped != null && !trace.complete()) return stopped;
                if (!rule.applies(call)) continue;
                if (stopped != null) trace.notReached(rule);
                else stopped = stop(rule, call, trace);
            }
        }
        return stopped;
    }

    private static @Nullable Deny stop(CompiledRule rule, ToolCall call, Trace trace) {
        try {
            Verdict verdict = rule.check().judge(call);
            trace.judged(rule, verdict, call);
            return rule.kind().stops(verdict) ? rule.stopped() : null;
        } catch (Throwable e) {
            trace.failed(e);
            trace.notReached(rule);
            return rule.failed();
        }
    }

    /** What stopped the call before, else what is said of arguments that break the tool's schema; null if they do not. */
    private static @Nullable Deny broken(CompiledTool tool, @Nullable Deny before, ToolCall call, Trace trace) {
        if (tool.validators().isEmpty()) return before;
        if (before != null) {
            trace.notChecked(tool.schemaRule());
            return before;
        }
        List<Violation> violations = new ArrayList<>();
        try {
            // Copied, for a list with null in it is a failure of the validator too.
            for (var validator : tool.validators())
                violations.addAll(List.copyOf(validator.validate(call.arguments())));
        } catch (Throwable e) {
            trace.failed(e);
            trace.notChecked(tool.schemaRule());
            return CompiledPolicy.failed(tool.schemaRule());
        }
        trace.checked(tool.schemaRule(), violations);
        if (violations.isEmpty()) return null;
        return CompiledPolicy.deny(Reason.Code.INVALID_ARGUMENTS, tool.schemaRule(), Sentences.broken(violations));
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
        private @Nullable PolicySource shadow;
        private @Nullable PolicyListener listener;

        private Builder(PolicySource source) {
            this.source = source;
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

        private static void refuseWhatIsNotThere(PolicySource source, String which) {
            if (!(source instanceof FixedPolicies fixed)) return;
            for (Policy policy : fixed.policies()) {
                if (policy.compiled().counts())
                    throw new IllegalStateException(which + " has limits, which are not counted yet");
                if (policy.compiled().asks())
                    throw new IllegalStateException(which + " asks for approvals, which nobody gives yet");
            }
        }
    }
}
