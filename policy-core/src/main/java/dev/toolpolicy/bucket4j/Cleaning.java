package dev.toolpolicy.bucket4j;

import io.github.bucket4j.distributed.proxy.ExpiredEntriesCleaner;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Has what is over cleaned out of stores that do not do it themselves, tables of a database: now and then, by who asks for a bucket. */
final class Cleaning {
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int ROWS_AT_ONCE = 1_000;

    private final Executor threads;
    private final LongSupplier nanoTime;
    private final AtomicLong next;

    Cleaning(Executor threads, LongSupplier nanoTime) {
        this.threads = threads;
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong() + PAUSE_NANOS);
    }

    void maybe(ProxyManager<String> manager) {
        if (!(manager instanceof ExpiredEntriesCleaner cleaner)) return;
        long due = next.get();
        long now = nanoTime.getAsLong();
        if (now - due < 0 || !next.compareAndSet(due, now + PAUSE_NANOS)) return;
        try {
            threads.execute(() -> clean(cleaner));
        } catch (RuntimeException e) {
            // There is too much to do: another time. No call is denied for that.
        }
    }

    private void clean(ExpiredEntriesCleaner cleaner) {
        try {
            int removed;
            do {
                removed = cleaner.removeExpired(ROWS_AT_ONCE);
                // No longer than until it is due again: where connections do not commit by themselves it removes the
                // same for ever.
            } while (removed == ROWS_AT_ONCE && nanoTime.getAsLong() - next.get() < 0);
        } catch (RuntimeException e) {
            // The store is away, or its table has no such column: the calls that need it will tell. Another time.
        }
    }
}
