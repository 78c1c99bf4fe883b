package dev.toolpolicy.examples.cluster.demo;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import dev.toolpolicy.spi.Taking.Taken;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counters that remember for each thread which window it asked for last, and which it got. */
final class WatchedCounters implements Counters {
    private static final ThreadLocal<@Nullable Windows> LAST = new ThreadLocal<>();

    private final Counters counters;

    WatchedCounters(Counters counters) {
        this.counters = counters;
    }

    /** The windows of the last charges that this thread tried to take. */
    Windows last() {
        Windows windows = LAST.get();
        if (windows == null) throw new IllegalStateException("this thread has taken nothing");
        return windows;
    }

    @Override
    public Taking take(List<Charge> charges, Instant now) {
        long length = charges.get(0).windowSeconds();
        long asked = Math.floorDiv(now.getEpochSecond(), length) * length;
        LAST.set(new Windows(asked, asked));
        Taking taking = counters.take(charges, now);
        if (taking instanceof Taken taken)
            LAST.set(new Windows(asked, taken.windows().get(0)));
        return taking;
    }

    @Override
    public List<Left> look(List<Charge> charges, Instant now) {
        return counters.look(charges, now);
    }

    @Override
    public void change(Charge charge, long window, long more) {
        counters.change(charge, window, more);
    }

    @Override
    public void close() {
        counters.close();
    }

    /**
     * Windows, each the second since 1970 at which it began.
     *
     * @param asked where the clock was
     * @param charged what was charged; else the same
     */
    record Windows(long asked, long charged) {}
}
