package dev.toolpolicy.bucket4j;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import dev.toolpolicy.spi.Taking.Spent;
import dev.toolpolicy.spi.Taking.Taken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Charges that are taken together or not at all: their counters are locked, all of them, in an order that is the same for
 * everybody; then they are judged; then they are charged.
 */
final class Claim {
    /** One charge and its counter. */
    private record Part(Charge charge, CounterId id, LiveCounter counter) {}

    private final List<Charge> charges;
    private final CounterTable table;
    private final Instant now;
    private final long second;
    private final List<Part> locking = new ArrayList<>();

    private Claim(List<Charge> charges, CounterTable table, Instant now) {
        this.charges = charges;
        this.table = table;
        this.now = now;
        this.second = now.getEpochSecond();
    }

    /** What becomes of the charges; null if a counter was dropped on the way, so that it has to be looked up again. */
    static @Nullable Taking take(List<Charge> charges, CounterTable table, Instant now) {
        Claim claim = new Claim(charges, table, now);
        if (charges.size() == 1) return claim.takeOne(charges.get(0));
        for (Charge charge : charges) {
            CounterId id = CounterId.of(charge);
            claim.locking.add(new Part(charge, id, table.findOrMake(id, claim.second, charge.windowSeconds())));
        }
        claim.locking.sort(Comparator.comparing(Part::id));
        for (int i = 1; i < claim.locking.size(); i++) {
            if (claim.locking.get(i).id().equals(claim.locking.get(i - 1).id())) {
                throw new IllegalArgumentException("a counter is charged once by a call");
            }
        }
        return claim.takeLocked(0);
    }

    private @Nullable Taking takeOne(Charge charge) {
        LiveCounter counter = table.findOrMake(CounterId.of(charge), second, charge.windowSeconds());
        synchronized (counter) {
            if (counter.dropped()) return null;
            turn(counter, charge);
            Left left = spent(counter, charge);
            if (left != null) return new Spent(0, left);
            counter.use(charge.units());
            return new Taken(List.of(window(counter, charge)));
        }
    }

    private @Nullable Taking takeLocked(int from) {
        if (from == locking.size()) return judged();
        LiveCounter counter = locking.get(from).counter();
        synchronized (counter) {
            return counter.dropped() ? null : takeLocked(from + 1);
        }
    }

    private Taking judged() {
        Spent longest = null;
        for (Part part : locking) {
            turn(part.counter(), part.charge());
            Left left = spent(part.counter(), part.charge());
            if (left == null) continue;
            Spent spent = new Spent(charges.indexOf(part.charge()), left);
            if (longest == null || isLonger(spent, longest)) longest = spent;
        }
        if (longest != null) return longest;
        Long[] windows = new Long[charges.size()];
        for (Part part : locking) {
            part.counter().use(part.charge().units());
            windows[charges.indexOf(part.charge())] = window(part.counter(), part.charge());
        }
        return new Taken(List.of(windows));
    }

    /** Of those that end together the first is named, as they were given. */
    private static boolean isLonger(Spent one, Spent other) {
        int order = one.left().untilNext().compareTo(other.left().untilNext());
        return order > 0 || (order == 0 && one.charge() < other.charge());
    }

    private void turn(LiveCounter counter, Charge charge) {
        counter.turnTo(second, charge.windowSeconds());
    }

    /** What is left of a counter, if that is not enough. */
    private @Nullable Left spent(LiveCounter counter, Charge charge) {
        long left = counter.left(charge.max());
        if (charge.units() <= left) return null;
        return Window.left(left, counter.ends(), charge.windowSeconds(), now);
    }

    private static long window(LiveCounter counter, Charge charge) {
        return Window.number(counter.ends(), charge.windowSeconds());
    }
}
