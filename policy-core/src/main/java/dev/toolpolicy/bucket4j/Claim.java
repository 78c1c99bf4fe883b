package dev.toolpolicy.bucket4j;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import dev.toolpolicy.spi.Taking.Spent;
import dev.toolpolicy.spi.Taking.Taken;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Charges that are taken together or not at all: their counters are locked, all of them, in an order that is the same for
 * everybody; then they are judged; then they are charged.
 */
final class Claim {
    private final List<Charge> charges;
    private final CounterTable table;
    private final Instant now;
    /** By charge, as bits: whether its counter was made for it. No more than 64 limits apply to a call. */
    private long anew;
    /** By charge. */
    private final LiveCounter[] counters;
    /** The same in the order in which they are locked. */
    private final LiveCounter[] locking;

    private Claim(List<Charge> charges, CounterTable table, Instant now) {
        this.charges = charges;
        this.table = table;
        this.now = now;
        this.counters = new LiveCounter[charges.size()];
        this.locking = new LiveCounter[counters.length];
    }

    private void find() {
        for (int i = 0; i < counters.length; i++) {
            Charge charge = charges.get(i);
            CounterId id = CounterId.of(charge);
            LiveCounter counter = table.find(id);
            if (counter == null) {
                anew |= 1L << i;
                counter = table.findOrMake(id, now.getEpochSecond(), charge.windowSeconds());
            }
            counters[i] = counter;
            insert(counter, i);
        }
    }

    /** A claim that comes to nothing leaves no counters behind that it made. */
    private void dropUnused() {
        for (int i = 0; i < counters.length; i++) {
            LiveCounter counter = counters[i];
            // The rest was not found.
            if (counter == null) return;
            // By who made it alone: calls that are refused together would else have each other begin again.
            if ((anew >>> i & 1) == 0) continue;
            synchronized (counter) {
                if (counter.dropped() || counter.taken()) continue;
                // Its window may be a later one, in which it has forgotten the one of now.
                long begins = counter.begins(charges.get(i).windowSeconds());
                table.drop(counter, Math.max(now.getEpochSecond(), begins));
            }
        }
    }

    /** Sorts by insertion: there are few. */
    private void insert(LiveCounter counter, int sorted) {
        int at = sorted;
        while (at > 0) {
            int compared = locking[at - 1].id().compareTo(counter.id());
            if (compared == 0) throw new IllegalArgumentException("a counter is charged once by a call");
            if (compared < 0) break;
            locking[at] = locking[at - 1];
            at--;
        }
        locking[at] = counter;
    }

    /** What becomes of the charges; null if a counter was dropped on the way, so that it has to be looked up again. */
    static @Nullable Taking take(List<Charge> charges, CounterTable table, Instant now) {
        if (charges.size() == 1) return takeOne(charges.get(0), table, now);
        Claim claim = new Claim(charges, table, now);
        try {
            claim.find();
        } catch (Throwable e) {
            claim.dropUnused();
            throw e;
        }
        return claim.takeLocked(0);
    }

    private static @Nullable Taking takeOne(Charge charge, CounterTable table, Instant now) {
        long second = now.getEpochSecond();
        LiveCounter counter = table.findOrMake(CounterId.of(charge), second, charge.windowSeconds());
        synchronized (counter) {
            if (counter.dropped()) {
                table.remove(counter);
                return null;
            }
            counter.turnTo(second, charge.windowSeconds());
            Left left = spent(counter, charge, now);
            if (left != null) return new Spent(0, left);
            counter.use(charge.units());
            return new Taken(List.of(counter.begins(charge.windowSeconds())));
        }
    }

    private @Nullable Taking takeLocked(int from) {
        if (from == locking.length) return judged();
        LiveCounter counter = locking[from];
        synchronized (counter) {
            if (!counter.dropped()) return takeLocked(from + 1);
            table.remove(counter);
            return null;
        }
    }

    private Taking judged() {
        Spent longest = null;
        for (int i = 0; i < counters.length; i++) {
            Charge charge = charges.get(i);
            counters[i].turnTo(now.getEpochSecond(), charge.windowSeconds());
            Left left = spent(counters[i], charge, now);
            if (left == null) continue;
            // Of those that end together the first is named.
            boolean longer =
                    longest == null || left.untilNext().compareTo(longest.left().untilNext()) > 0;
            if (longer) longest = new Spent(i, left);
        }
        if (longest != null) {
            dropUnused();
            return longest;
        }
        for (int i = 0; i < counters.length; i++) counters[i].use(charges.get(i).units());
        return new Taken(windows());
    }

    /** The windows that the charges were taken from. */
    private List<Long> windows() {
        // By far the most frequent number of several, and a list that holds no array.
        if (counters.length == 2) return List.of(window(0), window(1));
        Long[] windows = new Long[counters.length];
        for (int i = 0; i < windows.length; i++) windows[i] = window(i);
        return List.of(windows);
    }

    private long window(int charge) {
        return counters[charge].begins(charges.get(charge).windowSeconds());
    }

    /** What is left of a counter, if that is not enough. */
    private static @Nullable Left spent(LiveCounter counter, Charge charge, Instant now) {
        long left = counter.left(charge.max());
        return charge.units() <= left ? null : Window.left(left, counter.ends(), charge.windowSeconds(), now);
    }
}
