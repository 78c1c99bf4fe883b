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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the limits of a tool come to for one call; whatever counters answer is checked, for they may be anybody's. */
final class Charges {
    /** A permit knows of no more; a document in which more might apply is rejected. */
    private static final int MOST = 64;

    private final CompiledLimit[] limits;
    private final Charge[] charges;
    private int size;
    private @Nullable Deny refusal;

    private Charges(int most) {
        limits = new CompiledLimit[Math.min(most, MOST)];
        charges = new Charge[limits.length];
    }

    static Charges of(CompiledTool tool, ToolCall call, String namespace, Trace trace) {
        Charges charges = new Charges(tool.mostLimits());
        for (Section part : tool.sections()) {
            if (part.limits().length == 0 || !part.applies(call)) continue;
            for (CompiledLimit limit : part.limits()) {
                if (charges.refusal != null && !trace.complete()) return charges;
                if (charges.refusal != null) trace.notReached(limit, call);
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
            trace.notReached(limit, call);
            refusal = limit.failed();
            return;
        }
        long units = limit.units(call);
        Charge charge = units < 0 ? null : limit.charge(namespace, call.identity(), units);
        if (charge == null || size == MOST || isCharged(charge)) {
            refusal = units < 0 ? limit.uncountable() : limit.failed();
            return;
        }
        limits[size] = limit;
        charges[size++] = charge;
    }

    /** Two limits on one counter: a document in which they are seen to meet is rejected. */
    private boolean isCharged(Charge more) {
        for (int i = 0; i < size; i++) {
            if (charges[i].counter().equals(more.counter())) return true;
        }
        return false;
    }

    /** What stops the call before anything is counted; null if nothing does. */
    @Nullable
    Deny refusal() {
        return refusal;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** What is said of the call where so much is left; empty if all could be taken. */
    Optional<RateLimited> looked(List<Left> answer, Trace trace) {
        List<Left> left = List.copyOf(answer);
        requireOneForEach(left);
        for (int i = 0; i < left.size(); i++) trace.left(limits[i], charges[i], left.get(i));
        int longest = -1;
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i).units() >= charges[i].units()) continue;
            if (longest < 0
                    || left.get(i).untilNext().compareTo(left.get(longest).untilNext()) > 0) longest = i;
        }
        return longest < 0 ? Optional.empty() : Optional.of(limits[longest].spent(left.get(longest)));
    }

    /** Takes all or nothing. */
    Decision take(Counters counters, Instant now, String rule, PolicySource source, ToolCall call) {
        List<Charge> all = asList();
        return taken(counters.take(all, now), all, counters, rule, source, call);
    }

    /** What is said of the call where this became of its charges. */
    Decision taken(
            Taking taking, List<Charge> all, Counters counters, String rule, PolicySource source, ToolCall call) {
        if (taking instanceof Taken taken) {
            requireOneForEach(taken.windows());
            return new Allow(rule, new TakenPermit(counters, limits, all, taken.windows(), source, call));
        }
        Spent spent = (Spent) taking;
        if (spent.left().units() >= all.get(spent.charge()).units()) {
            throw new IllegalStateException("the counters say that a counter is spent, and that enough is left");
        }
        return limits[spent.charge()].spent(spent.left());
    }

    /** Most calls have one limit or two: a list of these holds no array. */
    List<Charge> asList() {
        return switch (size) {
            case 1 -> List.of(charges[0]);
            case 2 -> List.of(charges[0], charges[1]);
            default -> List.of(Arrays.copyOf(charges, size));
        };
    }

    private void requireOneForEach(List<?> answers) {
        if (answers.size() != size) {
            throw new IllegalStateException("the counters give " + answers.size() + " answers for " + size);
        }
    }
}
