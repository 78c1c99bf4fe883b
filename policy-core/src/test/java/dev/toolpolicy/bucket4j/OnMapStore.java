package dev.toolpolicy.bucket4j;

import dev.toolpolicy.spi.Charge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Counters over a store whose every step a test can hold up, break or count. */
abstract class OnMapStore {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    /** Longer than a build machine is ever held up. */
    static final Duration AGES = Duration.ofSeconds(30);

    final MapStore store = new MapStore();
    final SharedCounters counters = of(store);

    static SharedCounters of(MapStore store) {
        return Bucket4jCounters.over("test", store.builder()).withTimeLimit(AGES);
    }

    static Charge charge(String counter, String caller, long seconds, long max, long units) {
        return new Charge("", counter, caller, seconds, max, units);
    }

    static Charge one(String caller, long max) {
        return charge("calls", caller, 60, max, 1);
    }

    static long left(SharedCounters counters, Charge charge) {
        return counters.look(List.of(charge), NOON).get(0).units();
    }

    static boolean eventually(java.util.function.BooleanSupplier holds) {
        long deadline = System.nanoTime() + AGES.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) return false;
            Thread.onSpinWait();
        }
        return true;
    }
}
