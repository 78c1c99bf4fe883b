package dev.toolpolicy.bucket4j;

import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The counters that are not as good as new, up to a bound. A counter is dropped once its window is over, and not before: with the
 * bound reached nobody new is counted, and nobody's use forgotten.
 *
 * <p>There is no thread for that. Each new counter pays for a look at a few others; at the bound all are looked at, once in each
 * second of the clock.
 */
final class CounterTable {
    /** Each new counter looks at more than one other, so that what is over is dropped faster than new ones come. */
    private static final int LOOKS = 4;

    private final int most;
    private final ConcurrentHashMap<CounterId, LiveCounter> live = new ConcurrentHashMap<>();
    /** Counted apart, because the bound is exact and the map's own size is not. */
    private final AtomicInteger size = new AtomicInteger();

    private final AtomicLong latestDrop = new AtomicLong(Long.MIN_VALUE);
    /** A monitor, which the VM lets go of whatever is thrown. */
    private final Object looking = new Object();

    private Iterator<LiveCounter> next = Collections.emptyIterator();
    private long lastSweep = Long.MIN_VALUE;

    CounterTable(int most) {
        this.most = most;
    }

    /** A counter starts no earlier than the latest instant at which one was dropped: it may be that one. */
    long notBefore(long second) {
        return Math.max(second, latestDrop.get());
    }

    @Nullable
    LiveCounter find(CounterId id) {
        return live.get(id);
    }

    /** The counter, made if there is none. */
    LiveCounter findOrMake(CounterId id, long second, long windowSeconds) {
        LiveCounter found = live.get(id);
        return found != null ? found : make(id, second, windowSeconds);
    }

    private LiveCounter make(CounterId id, long second, long windowSeconds) {
        dropSome(second);
        while (!reserve()) {
            if (!dropAll(second)) throw new IllegalStateException("there are " + most + " live counters already");
        }
        boolean kept = false;
        LiveCounter made = new LiveCounter(id, Window.end(second, windowSeconds));
        try {
            synchronized (made) {
                LiveCounter earlier = live.putIfAbsent(id, made);
                if (earlier != null) return earlier;
                kept = true;
                // Only now, and before anybody else can use it: it may have been dropped a moment ago.
                made.turnTo(notBefore(second), windowSeconds);
                return made;
            }
        } finally {
            if (!kept) size.decrementAndGet();
        }
    }

    private boolean reserve() {
        if (size.incrementAndGet() <= most) return true;
        size.decrementAndGet();
        return false;
    }

    private void dropSome(long second) {
        synchronized (looking) {
            if (!next.hasNext()) next = live.values().iterator();
            for (int i = 0; i < LOOKS && next.hasNext(); i++) dropIfOver(next.next(), second);
        }
    }

    /** Drops all that are over; whether there is room now. */
    private boolean dropAll(long second) {
        synchronized (looking) {
            // Another thread may have made room since.
            if (size.get() < most) return true;
            if (second <= lastSweep) return false;
            lastSweep = second;
            for (LiveCounter counter : live.values()) dropIfOver(counter, second);
            return size.get() < most;
        }
    }

    /** Whether a counter could be made now. */
    boolean hasRoom(long second) {
        return size.get() < most || dropAll(second);
    }

    private void dropIfOver(LiveCounter counter, long second) {
        synchronized (counter) {
            if (counter.isOver(second)) drop(counter, second);
        }
    }

    /** Drops a counter whose monitor is held, and from which nothing is taken. */
    void drop(LiveCounter counter, long second) {
        // First, so that who makes the counter anew sees it.
        latestDrop.accumulateAndGet(second, Math::max);
        counter.drop();
        remove(counter);
    }

    /** Takes a dropped counter out of the table, wherever the dropping may have been cut short. */
    void remove(LiveCounter counter) {
        if (live.remove(counter.id(), counter)) size.decrementAndGet();
    }

    int size() {
        return size.get();
    }
}
