package dev.toolpolicy.bucket4j;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Counters in the memory of this process, exact for any number of threads. They start no thread, and end with the process. */
public final class InMemoryCounters extends Bucket4jCounters {
    /** How many counters may live at once, unless said otherwise. */
    public static final int MOST_COUNTERS = 1_000_000;

    /** Twice is rare already. */
    private static final int MOST_TRIES = 1_000;

    private final CounterTable table;
    private volatile boolean closed;

    InMemoryCounters(int mostCounters) {
        if (mostCounters < 1) throw new IllegalArgumentException("mostCounters must be positive, got " + mostCounters);
        this.table = new CounterTable(mostCounters);
    }

    @Override
    public List<Left> look(List<Charge> charges, Instant now) {
        requireOpen();
        List<Left> left = new ArrayList<>(charges.size());
        for (Charge charge : charges) left.add(look(charge, now));
        return left;
    }

    private Left look(Charge charge, Instant now) {
        long second = now.getEpochSecond();
        long window = charge.windowSeconds();
        LiveCounter counter = table.find(CounterId.of(charge));
        if (counter != null) {
            synchronized (counter) {
                if (!counter.dropped()) {
                    long left = counter.left(charge.max(), second);
                    return Window.left(left, counter.ends(second, window), window, now);
                }
            }
        }
        if (!table.hasRoom(second)) throw new IllegalStateException("there is no room for another live counter");
        return Window.left(charge.max(), Window.end(table.notBefore(second), window), window, now);
    }

    @Override
    public Taking take(List<Charge> charges, Instant now) {
        requireOpen();
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Taking taking = Claim.take(charges, table, now);
            // One was dropped between the look into the table and the lock: it is found again, as new.
            if (taking != null) return taking;
        }
        throw new IllegalStateException("counters are dropped as fast as they are made");
    }

    @Override
    public void change(Charge charge, long window, long more) {
        requireOpen();
        LiveCounter counter = table.find(CounterId.of(charge));
        if (counter == null) return;
        synchronized (counter) {
            if (counter.dropped() || counter.begins(charge.windowSeconds()) != window) return;
            counter.use(Math.min(more, counter.left(charge.max())));
        }
    }

    private void requireOpen() {
        if (closed) throw new IllegalStateException("these counters are closed");
    }

    @Override
    public void close() {
        // Nothing is forgotten: who is still taking must find what was used.
        closed = true;
    }

    /** How many counters live; for tests and metrics. */
    public int size() {
        return table.size();
    }
}
