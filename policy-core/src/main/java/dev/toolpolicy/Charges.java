package dev.toolpolicy;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Decision.RateLimited;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import dev.toolpolicy.spi.Taking.Spent;
import dev.toolpolicy.spi.Taking.Taken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the limits of a tool come to for one call; whatever counters answer is checked, for they may be anybody's. */
final class Charges {
    private List<CompiledLimit> limits = List.of();
    private List<Charge> charges = List.of();
    private @Nullable Deny refusal;

    private Charges() {}

    static Charges of(CompiledTool tool, ToolCall call, String namespace, Trace trace) {
        Charges charges = new Charges();
        for (Section part : tool.sections()) {
            if (part.limits().length == 0 || !part.applies(call)) continue;
            for (CompiledLimit limit : part.limits()) {
                if (charges.refusal != null && !trace.complete()) return charges;
                if (charges.refusal != null) trace.notReached(limit);
                else charges.add(limit, call, namespace, trace);
            }
        }
        return charges;
    }

    private void add(CompiledLimit limit, ToolCall call, String namespace, Trace trace) {
        try {
            Check when = limit.when();
            Verdict verdict = when == null ? Verdict.TRUE : when.judge(call);
            trace.judged(limit, verdict, call);
            // In doubt it is charged.
            if (verdict == Verdict.FALSE) return;
        } catch (Throwable e) {
            trace.failed(e);
            trace.notReached(limit);
            refusal = limit.failed();
            return;
        }
        long units = limit.units(call);
        Charge charge = units < 0 ? null : limit.charge(namespace, call.identity(), units);
        if (charge == null) {
            refusal = units < 0 ? limit.uncountable() : limit.failed();
            return;
        }
        limits = with(limits, limit);
        charges = with(charges, charge);
    }

    /** Most calls have one limit or two: of these the list is made as small as it can be. */
    private static <T> List<T> with(List<T> list, T more) {
        if (list.isEmpty()) return List.of(more);
        List<T> longer = list instanceof ArrayList<T> ? list : new ArrayList<>(list);
        longer.add(more);
        return longer;
    }

    /** What stops the call before anything is counted; null if nothing does. */
    @Nullable
    Deny refusal() {
        return refusal;
    }

    boolean isEmpty() {
        return charges.isEmpty();
    }

    /** What would be said of the call; empty if all could be taken. Takes nothing. */
    Optional<RateLimited> look(Counters counters, Instant now, Trace trace) {
        List<Left> left = List.copyOf(counters.look(charges, now));
        requireOneForEach(left);
        for (int i = 0; i < left.size(); i++) trace.left(limits.get(i), charges.get(i), left.get(i));
        int longest = -1;
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i).units() >= charges.get(i).units()) continue;
            if (longest < 0
                    || left.get(i).untilNext().compareTo(left.get(longest).untilNext()) > 0) longest = i;
        }
        return longest < 0 ? Optional.empty() : Optional.of(limits.get(longest).spent(left.get(longest)));
    }

    /** Takes all or nothing. */
    Decision take(Counters counters, Instant now, String rule) {
        Taking taking = counters.take(charges, now);
        if (taking instanceof Taken taken) {
            requireOneForEach(taken.windows());
            return new Allow(rule, new TakenPermit(counters, limits, charges, taken.windows()));
        }
        Spent spent = (Spent) taking;
        if (spent.left().units() >= charges.get(spent.charge()).units()) {
            throw new IllegalStateException("the counters say that a counter is spent, and that enough is left");
        }
        return limits.get(spent.charge()).spent(spent.left());
    }

    private void requireOneForEach(List<?> answers) {
        if (answers.size() != charges.size()) {
            throw new IllegalStateException("the counters give " + answers.size() + " answers for " + charges.size());
        }
    }
}
