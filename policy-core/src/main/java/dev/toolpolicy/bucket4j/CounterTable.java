package dev.toolpolicy.bucket4j;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
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
    private final ReentrantLock looking = new ReentrantLock();
    private Iterator<Map.Entry<CounterId, LiveCounter>> next = Collections.emptyIterator();
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
        LiveCounter made = new LiveCounter(id, Window.end(second, windowSeconds));
        synchronized (made) {
            LiveCounter earlier = live.putIfAbsent(id, made);
            if (earlier == null) {
                // Only now, and before anybody else can use it: it may have been dropped a moment ago.
                made.turnTo(notBefore(second), windowSeconds);
                return made;
            }
            size.decrementAndGet();
            return earlier;
        }
    }

    private boolean reserve() {
        if (size.incrementAndGet() <= most) return true;
        size.decrementAndGet();
        return false;
    }

    private void dropSome(long second) {
        // Whoever finds somebody else at it leaves it to them.
        if (!looking.tryLock()) return;
        try {
            if (!next.hasNext()) next = live.entrySet().iterator();
            for (int i = 0; i < LOOKS && next.hasNext(); i++) dropIfOver(next.next(), second);
        } finally {
            looking.unlock();
        }
    }

    /** Drops all that are over; whether there were any. */
    private boolean dropAll(long second) {
        looking.lock();
        try {
            // Another thread may have made room since.
            if (size.get() < most) return true;
            if (second == lastSweep) return false;
            lastSweep = second;
            boolean any = false;
            for (Map.Entry<CounterId, LiveCounter> entry : live.entrySet()) any |= dropIfOver(entry, second);
            return any;
        } finally {
            looking.unlock();
        }
    }

    private boolean dropIfOver(Map.Entry<CounterId, LiveCounter> entry, long second) {
        LiveCounter counter = entry.getValue();
        synchronized (counter) {
            if (!counter.isOver(second)) return false;
            // First, so that who makes the counter anew sees it.
            latestDrop.accumulateAndGet(second, Math::max);
            counter.drop();
            live.remove(entry.getKey(), counter);
            size.decrementAndGet();
            return true;
        }
    }

    int size() {
        return size.get();
    }

    void clear() {
        live.clear();
    }
}
