package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.spi.Approvals;
import dev.toolpolicy.spi.Violation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The order of a decision, step by step, and what is plugged into it. */
final class Decider {
    private final @Nullable HandedOver counters;
    private final @Nullable Approvals approvals;
    private final String namespace;

    Decider(@Nullable HandedOver counters, @Nullable Approvals approvals, String namespace) {
        this.counters = counters;
        this.approvals = approvals;
        this.namespace = namespace;
    }

    /** The same, where what comes after an answer of the counters runs on this executor. */
    Decider on(Executor executor) {
        return new Decider(counters == null ? null : counters.on(executor), approvals, namespace);
    }

    /** What a policy says of a call, for a caller who waits. */
    Decision decide(PolicySource source, ToolCall call, boolean takes, InstantSource clock, Trace trace) {
        return decide(source, call, takes, clock, trace, AtOnce.PACE);
    }

    /**
     * What a policy says of a call. A malformed call, step 1, does not get here: it cannot be made.
     *
     * @param takes whether what the limits count is taken, and people are asked; else it is only looked at
     * @param clock is read once, and only where something is counted
     */
    <A> A decide(PolicySource source, ToolCall call, boolean takes, InstantSource clock, Trace trace, Pace<A> pace) {
        try {
            // 2: no policy
            Policy policy = source.policyFor(call.identity()).orElse(null);
            if (policy == null) return pace.said(CompiledPolicy.NO_POLICY);
            trace.policy(policy);
            CompiledPolicy compiled = policy.compiled();
            // 3 to 5: hidden, a look-alike or not listed, denied by its entry
            CompiledTool tool = compiled.tool(call.tool());
            if (tool.refusal() != null) return pace.said(tool.refusal());
            // What the policy needs is not there: it is refused whole, not half obeyed.
            if (compiled.counts() && counters == null) throw new IllegalStateException("nothing counts the limits");
            if (compiled.asks() && approvals == null)
                throw new IllegalStateException("there is nobody to ask for approvals");
            // 6 and 7: what is required, then what is forbidden
            Deny stopped = tool.straight() != null
                    ? firstStop(tool.straight(), null, call, trace)
                    : firstStop(tool.sections(), call, trace);
            // 8: the arguments' schema
            stopped = broken(tool, stopped, call, trace);
            if (stopped != null) {
                trace.restNotReached(tool, call);
                return pace.said(stopped);
            }
            // 9 to 11: what is counted, and who is asked
            if (tool.counts() || tool.asks()) return settled(source, tool, call, takes, clock, trace, pace);
            return pace.said(tool.allow());
        } catch (Throwable e) {
            return pace.said(failed(e, trace));
        }
    }

    private static Decision failed(Throwable thrown, Trace trace) {
        trace.failed(thrown);
        return CompiledPolicy.CHECK_FAILED;
    }

    private <A> A settled(
            PolicySource source,
            CompiledTool tool,
            ToolCall call,
            boolean takes,
            InstantSource clock,
            Trace trace,
            Pace<A> pace) {
        // 9: amounts that can't be counted, and limits that are spent already
        Charges charges = Charges.of(tool, call, namespace, trace);
        if (charges.refusal() != null) {
            trace.askingNotReached(tool, call);
            return pace.said(charges.refusal());
        }
        Inquiry inquiry = tool.asks() ? Inquiry.of(tool, call, trace) : Inquiry.NOBODY;
        if (charges.isEmpty() && inquiry.isEmpty()) return pace.said(tool.allow());
        Instant now = charges.isEmpty() ? Instant.EPOCH : clock.instant();
        // 11, where nobody is asked: to take is to find what is spent. Without a detour, which would make garbage.
        if (takes && inquiry.isEmpty() && pace.waits())
            return pace.said(charges.take(requireNonNull(counters, "counters"), now, tool.pointer(), source, call));
        var settling = new Settling(counters, approvals, namespace, source, tool, call, charges, now, trace, pace);
        return pace.settled(
                settling.decide(inquiry, takes).exceptionally(thrown -> failed(Stages.cause(thrown), trace)));
    }

    private static @Nullable Deny firstStop(Section[] sections, ToolCall call, Trace trace) {
        Deny stopped = null;
        for (Section part : sections) {
            if (part.applies(call)) stopped = firstStop(part.require(), stopped, call, trace);
        }
        for (Section part : sections) {
            if (part.applies(call)) stopped = firstStop(part.denyIf(), stopped, call, trace);
        }
        return stopped;
    }

    /** What stopped the call before, else the first of these rules that stops it; null if none does. */
    private static @Nullable Deny firstStop(CompiledRule[] rules, @Nullable Deny before, ToolCall call, Trace trace) {
        Deny stopped = before;
        for (CompiledRule rule : rules) {
            // Rules that can change nothing any more are looked at for an explanation only.
            if (stopped != null && !trace.complete()) return stopped;
            if (stopped != null) trace.notReached(rule, call);
            else stopped = stop(rule, call, trace);
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
            trace.notReached(rule, call);
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
}
