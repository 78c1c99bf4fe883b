package dev.toolpolicy.simulation;

import dev.toolpolicy.bucket4j.TimedCounters;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Steps that happen one after the other, in a time that only they make go on. */
final class Schedule implements TimedCounters.Time {
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
    /** More than any seed needs: one that never comes to rest is a fault. */
    private static final int MOST_STEPS = 200_000;

    private record Step(long at, long number, Runnable work) {}

    private final PriorityQueue<Step> steps =
            new PriorityQueue<>(Comparator.comparingLong(Step::at).thenComparingLong(Step::number));
    private final Consumer<Runnable> runner;
    private long now;
    private long number;
    private int happened;

    /**
     * @param runner runs each step
     */
    Schedule(Consumer<Runnable> runner) {
        this.runner = runner;
    }

    @Override
    public long nanos() {
        return now;
    }

    Instant instant() {
        return BEGINNING.plusNanos(now);
    }

    @Override
    public void after(long nanos, Runnable work) {
        steps.add(new Step(now + nanos, number++, work));
    }

    void afterMillis(long millis, Runnable work) {
        after(Duration.ofMillis(millis).toNanos(), work);
    }

    @Override
    public boolean nextUntil(long nanos) {
        Step next = steps.peek();
        if (next == null || next.at() > nanos) {
            // Within a wait that others waited in, it may be later already.
            now = Math.max(now, nanos);
            return false;
        }
        happen();
        return true;
    }

    /** Until nothing is left to happen. */
    void toTheEnd() {
        while (!steps.isEmpty()) happen();
    }

    void pass(Duration time) {
        long until = now + time.toNanos();
        boolean more = true;
        while (more) more = nextUntil(until);
    }

    private void happen() {
        if (++happened > MOST_STEPS) throw new AssertionError("it never comes to rest");
        @Nullable Step next = steps.poll();
        if (next == null) return;
        now = Math.max(now, next.at());
        runner.accept(next.work());
    }
}
