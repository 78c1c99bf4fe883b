package dev.toolpolicy.examples.cluster;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that charge one counter as fast as they may, over several ways to it, and what came of that. The clock stands still, and
 * is turned by whoever looks on: there is no window that ends by itself.
 */
final class Load implements AutoCloseable {
    /** So much that something can go wrong before it is used up. */
    static final int MAX = 100;

    /** On each way. */
    static final int THREADS = 8;

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final AtomicLong LOADS = new AtomicLong();

    /** Of a counter of its own. */
    private final List<Charge> charges = List.of(new Charge("", "load " + LOADS.incrementAndGet(), "", 1, MAX, 1));

    private final AtomicLong second = new AtomicLong(Instant.now().getEpochSecond());
    private final Map<Long, AtomicLong> admitted = new ConcurrentHashMap<>();
    private final AtomicLong limited = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ending;

    Load(List<? extends Counters> ways) {
        for (Counters way : ways) {
            for (int i = 0; i < THREADS; i++) threads.add(new Thread(() -> charge(way), "load"));
        }
        threads.forEach(Thread::start);
    }

    private void charge(Counters counters) {
        while (!ending) {
            long begun = System.nanoTime();
            try {
                if (counters.take(charges, Instant.ofEpochSecond(second.get())) instanceof Taken taken)
                    admittedIn(taken.windows().get(0)).incrementAndGet();
                else limited.incrementAndGet();
            } catch (RuntimeException e) {
                failed.incrementAndGet();
            }
            slowestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private AtomicLong admittedIn(long window) {
        return admitted.computeIfAbsent(window, w -> new AtomicLong());
    }

    /** Turns the clock to the next window, and says which that is. */
    long nextWindow() {
        return second.incrementAndGet();
    }

    /** How many charges were taken from a window. */
    long admitted(long window) {
        return admittedIn(window).get();
    }

    /** How many found a window spent. */
    long limited() {
        return limited.get();
    }

    /** How many were not decided. */
    long failed() {
        return failed.get();
    }

    /** The most that any window has admitted. */
    long most() {
        return Collections.max(admitted.values().stream().map(AtomicLong::get).toList());
    }

    /** How long the slowest answer took. */
    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    @Override
    public void close() {
        ending = true;
        try {
            for (Thread thread : threads) thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
