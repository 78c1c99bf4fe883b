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
    private final Instant now;
    private final CounterId[] ids;
    private final LiveCounter[] counters;
    /** The places of the charges in the order in which their counters are locked. */
    private final int[] order;

    private Claim(List<Charge> charges, CounterTable table, Instant now) {
        this.charges = charges;
        this.now = now;
        this.ids = new CounterId[charges.size()];
        this.counters = new LiveCounter[ids.length];
        this.order = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = CounterId.of(charges.get(i));
            counters[i] = table.findOrMake(
                    ids[i], now.getEpochSecond(), charges.get(i).windowSeconds());
            insert(i);
        }
    }

    /** Sorts by insertion: there are few. */
    private void insert(int charge) {
        int at = charge;
        while (at > 0) {
            int compared = ids[order[at - 1]].compareTo(ids[charge]);
            if (compared == 0) throw new IllegalArgumentException("a counter is charged once by a call");
            if (compared < 0) break;
            order[at] = order[at - 1];
            at--;
        }
        order[at] = charge;
    }

    /** What becomes of the charges; null if a counter was dropped on the way, so that it has to be looked up again. */
    static @Nullable Taking take(List<Charge> charges, CounterTable table, Instant now) {
        if (charges.size() == 1) return takeOne(charges.get(0), table, now);
        return new Claim(charges, table, now).takeLocked(0);
    }

    private static @Nullable Taking takeOne(Charge charge, CounterTable table, Instant now) {
        long second = now.getEpochSecond();
        LiveCounter counter = table.findOrMake(CounterId.of(charge), second, charge.windowSeconds());
        synchronized (counter) {
            if (counter.dropped()) return null;
            counter.turnTo(second, charge.windowSeconds());
            Left left = spent(counter, charge, now);
            if (left != null) return new Spent(0, left);
            counter.use(charge.units());
            return new Taken(List.of(counter.begins(charge.windowSeconds())));
        }
    }

    private @Nullable Taking takeLocked(int from) {
        if (from == order.length) return judged();
        LiveCounter counter = counters[order[from]];
        synchronized (counter) {
            return counter.dropped() ? null : takeLocked(from + 1);
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
        if (longest != null) return longest;
        Long[] windows = new Long[counters.length];
        for (int i = 0; i < counters.length; i++) {
            counters[i].use(charges.get(i).units());
            windows[i] = counters[i].begins(charges.get(i).windowSeconds());
        }
        return new Taken(List.of(windows));
    }

    /** What is left of a counter, if that is not enough. */
    private static @Nullable Left spent(LiveCounter counter, Charge charge, Instant now) {
        long left = counter.left(charge.max());
        return charge.units() <= left ? null : Window.left(left, counter.ends(), charge.windowSeconds(), now);
    }
}
