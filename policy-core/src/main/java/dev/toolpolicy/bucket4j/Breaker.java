package dev.toolpolicy.bucket4j;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps requests from a store that is away: after some failures in a row only one is let through in each pause, until one
 * succeeds.
 */
final class Breaker {
    private static final int FAILURES = 5;
    private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicInteger failures = new AtomicInteger();
    /** When the next one may try; means something only after that many failures. */
    private final AtomicLong nextTry = new AtomicLong();

    Breaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether a request may go to the store now. Who gets a yes must say what became of it. */
    boolean letsThrough() {
        if (!isOpen()) return true;
        long next = nextTry.get();
        long now = nanoTime.getAsLong();
        return now - next >= 0 && nextTry.compareAndSet(next, now + PAUSE_NANOS);
    }

    void succeeded() {
        // Not written where it would change nothing: all threads share it.
        if (failures.get() != 0) failures.set(0);
    }

    void failed() {
        int before = failures.getAndUpdate(count -> Math.min(count + 1, FAILURES));
        if (before == FAILURES - 1) nextTry.set(nanoTime.getAsLong() + PAUSE_NANOS);
    }

    /** Whether the store is thought to be away. */
    boolean isOpen() {
        return failures.get() >= FAILURES;
    }
}
