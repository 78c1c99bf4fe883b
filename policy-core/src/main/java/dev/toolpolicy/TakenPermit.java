package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.spi.AuditRecord.Charged;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** What an allowed call has taken. Of refund and settle the first counts, for each counter. */
final class TakenPermit implements Permit {
    private final Counters counters;
    private final CompiledLimit[] limits;
    private final List<Charge> charges;
    private final List<Long> windows;
    private final PolicySource source;
    private final ToolCall call;
    /** By counter, as bits: whether it was settled or refunded. No more than 64 limits apply to a call. */
    private long done;

    TakenPermit(
            Counters counters,
            CompiledLimit[] limits,
            List<Charge> charges,
            List<Long> windows,
            PolicySource source,
            ToolCall call) {
        this.source = source;
        this.call = call;
        this.counters = counters;
        this.limits = limits;
        this.charges = charges;
        this.windows = windows;
    }

    @Override
    public boolean refund() {
        boolean any = false;
        RuntimeException failed = null;
        for (int i = 0; i < charges.size(); i++) {
            if (!first(i)) continue;
            any = true;
            try {
                change(i, -charges.get(i).units());
            } catch (RuntimeException e) {
                // The other counters get back what is theirs all the same.
                failed = e;
            }
        }
        if (failed != null) throw failed;
        return any;
    }

    @Override
    public CompletionStage<Boolean> refundAsync() {
        CompletionStage<Boolean> any = CompletableFuture.completedStage(false);
        for (int i = 0; i < charges.size(); i++) {
            // One that fails is told once the others have got back what is theirs.
            if (first(i)) any = any.thenCombine(changeAsync(i, -charges.get(i).units()), (before, now) -> true);
        }
        return any;
    }

    @Override
    public boolean settle(String counter, BigDecimal actual) {
        check(counter, actual);
        int charge = firstOf(counter);
        if (charge < 0) return false;
        change(charge, more(charge, actual));
        return true;
    }

    @Override
    public CompletionStage<Boolean> settleAsync(String counter, BigDecimal actual) {
        check(counter, actual);
        int charge = firstOf(counter);
        if (charge < 0) return CompletableFuture.completedStage(false);
        return changeAsync(charge, more(charge, actual));
    }

    /** The charge of this counter, if this is the first word on it; else -1. */
    private int firstOf(String counter) {
        for (int i = 0; i < charges.size(); i++) {
            if (limits[i].counter().equals(counter)) return first(i) ? i : -1;
        }
        return -1;
    }

    private long more(int charge, BigDecimal actual) {
        return limits[charge].unitsOf(actual) - charges.get(charge).units();
    }

    static void check(String counter, BigDecimal actual) {
        requireNonNull(counter, "counter");
        if (actual.signum() < 0) throw new IllegalArgumentException("actual must not be negative, got " + actual);
    }

    @Override
    public void done() {}

    @Override
    public void failed() {}

    /** The limits that were charged. */
    List<Charged> charged() {
        return IntStream.range(0, charges.size())
                .mapToObj(i -> new Charged(limits[i].name(), limits[i].counter()))
                .toList();
    }

    private void change(int charge, long more) {
        if (more != 0) counters.change(changed(charge, more), windows.get(charge), more);
    }

    private CompletionStage<Boolean> changeAsync(int charge, long more) {
        if (more == 0) return CompletableFuture.completedStage(true);
        return Stages.begun(() -> counters.changeAsync(changed(charge, more), windows.get(charge), more))
                .thenApply(changed -> true);
    }

    private Charge changed(int charge, long more) {
        Charge taken = charges.get(charge);
        // More is taken of what is left by now, which a reload may have changed.
        long max = more > 0 ? maxNow(limits[charge]) : taken.max();
        return new Charge(taken.namespace(), taken.counter(), taken.caller(), taken.windowSeconds(), max, 0);
    }

    /** What the {@code max} of a limit has become, in units; if that is not to be learnt any more, what it was. */
    private long maxNow(CompiledLimit limit) {
        try {
            return currentMax(limit);
        } catch (RuntimeException e) {
            // The call has run: that its policy cannot be had now is no reason to leave it uncounted.
            return limit.maxUnits();
        }
    }

    private long currentMax(CompiledLimit limit) {
        // Of the counter, whether or not the call's own tool would still charge it.
        return source.policyFor(call.identity())
                .map(policy -> limit.maxUnitsIn(policy.compiled()))
                .orElse(limit.maxUnits());
    }

    private synchronized boolean first(int charge) {
        boolean first = (done >>> charge & 1) == 0;
        done |= 1L << charge;
        return first;
    }

    @Override
    public String toString() {
        return "Permit" + charged().stream().map(Charged::counter).toList();
    }
}
