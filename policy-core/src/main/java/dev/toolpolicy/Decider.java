package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Violation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The order of a decision, step by step, and what is plugged into it. */
final class Decider {
    private final @Nullable Counters counters;
    private final InstantSource clock;
    private final String namespace;

    Decider(@Nullable Counters counters, InstantSource clock, String namespace) {
        this.counters = counters;
        this.clock = clock;
        this.namespace = namespace;
    }

    /**
     * What a policy says of a call. A malformed call, step 1, does not get here: it cannot be made.
     *
     * @param takes whether what the limits count is taken; else it is only looked at
     */
    Decision decide(PolicySource source, ToolCall call, boolean takes, Trace trace) {
        try {
            // 2: no policy
            Policy policy = source.policyFor(call.identity()).orElse(null);
            if (policy == null) return CompiledPolicy.NO_POLICY;
            CompiledPolicy compiled = policy.compiled();
            // 3 to 5: hidden, a look-alike or not listed, denied by its entry
            CompiledTool tool = compiled.tool(call.tool());
            if (tool.refusal() != null) return tool.refusal();
            // What the policy needs is not there: it is refused whole, not half obeyed.
            if (compiled.counts() && counters == null) throw new IllegalStateException("nothing counts the limits");
            if (compiled.asks()) throw new IllegalStateException("there is nobody to ask for approvals");
            // 6: what is required
            Deny stopped = null;
            for (Section part : tool.sections()) {
                if (part.applies(call)) stopped = firstStop(part.require(), stopped, call, trace);
            }
            // 7: what is forbidden
            for (Section part : tool.sections()) {
                if (part.applies(call)) stopped = firstStop(part.denyIf(), stopped, call, trace);
            }
            // 8: the arguments' schema
            stopped = broken(tool, stopped, call, trace);
            // 9 to 11: what is counted
            if (tool.counts()) return counted(source, tool, stopped, call, takes, trace);
            return stopped != null ? stopped : tool.allow();
        } catch (Throwable e) {
            trace.failed(e);
            return CompiledPolicy.CHECK_FAILED;
        }
    }

    private Decision counted(
            PolicySource source, CompiledTool tool, @Nullable Deny before, ToolCall call, boolean takes, Trace trace) {
        Counters there = requireNonNull(counters, "counters");
        if (before != null) {
            trace.limitsNotReached(tool, call);
            return before;
        }
        // 9: amounts that can't be counted, and limits that are spent already
        Charges charges = Charges.of(tool, call, namespace, trace);
        if (charges.refusal() != null) return charges.refusal();
        if (charges.isEmpty()) return tool.allow();
        Instant now = clock.instant();
        if (!takes)
            return charges.look(there, now, trace)
                    .<Decision>map(Function.identity())
                    .orElse(tool.allow());
        // 10: nobody is asked yet. 11: taken together, which finds what is spent as well
        return charges.take(there, now, tool.pointer(), source, call);
    }

    /** What stopped the call before, else the first of these rules that stops it; null if none does. */
    private static @Nullable Deny firstStop(CompiledRule[] rules, @Nullable Deny before, ToolCall call, Trace trace) {
        Deny stopped = before;
        for (CompiledRule rule : rules) {
            // Rules that can change nothing any more are looked at for an explanation only.
            if (stopped != null && !trace.complete()) return stopped;
            if (stopped != null) trace.notReached(rule);
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
}
