package dev.toolpolicy.bucket4j;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What counters do, written from the contract: a list of everything that was ever taken, and a sum over it at every question. */
final class NaiveCounters implements Counters {
    private record Event(String counter, long window, long units) {}

    private final List<Event> events = new ArrayList<>();
    /** The latest second that a counter has seen. */
    private final Map<String, Long> seen = new HashMap<>();

    private final boolean oneTimeForAll;

    /** With one time for all of them, that of one counter is never before another's. */
    NaiveCounters(boolean oneTimeForAll) {
        this.oneTimeForAll = oneTimeForAll;
    }

    private String time(Charge charge) {
        return oneTimeForAll ? "" : name(charge);
    }

    private static String name(Charge charge) {
        return List.of(charge.namespace(), charge.counter(), charge.caller()).toString();
    }

    private long window(Charge charge, Instant now) {
        long second = Math.max(now.getEpochSecond(), seen.getOrDefault(time(charge), Long.MIN_VALUE));
        return Math.floorDiv(second, charge.windowSeconds()) * charge.windowSeconds();
    }

    /** The counter was dropped meanwhile, and begins anew no earlier than that. */
    void beginsAt(Charge charge, long window) {
        seen.merge(time(charge), window, Math::max);
    }

    private long left(Charge charge, long window) {
        return Math.max(0, charge.max() - used(charge, window));
    }

    private long used(Charge charge, long window) {
        String name = name(charge);
        return events.stream()
                .filter(event -> event.window() == window && event.counter().equals(name))
                .mapToLong(Event::units)
                .sum();
    }

    @Override
    public List<Left> look(List<Charge> charges, Instant now) {
        List<Left> all = new ArrayList<>();
        for (Charge charge : charges) {
            long window = window(charge, now);
            Instant end = Instant.ofEpochSecond(window + charge.windowSeconds());
            all.add(new Left(left(charge, window), window, Duration.between(now, end)));
        }
        return all;
    }

    @Override
    public Taking take(List<Charge> charges, Instant now) {
        List<Left> all = look(charges, now);
        for (Charge charge : charges) seen.merge(time(charge), now.getEpochSecond(), Math::max);
        int longest = -1;
        for (int i = 0; i < all.size(); i++) {
            boolean spent = all.get(i).units() < charges.get(i).units();
            boolean longer = longest < 0
                    || all.get(i).untilNext().compareTo(all.get(longest).untilNext()) > 0;
            if (spent && longer) longest = i;
        }
        if (longest >= 0) return new Taking.Spent(longest, all.get(longest));
        List<Long> windows = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            windows.add(all.get(i).window());
            events.add(new Event(
                    name(charges.get(i)), all.get(i).window(), charges.get(i).units()));
        }
        return new Taking.Taken(windows);
    }

    @Override
    public void change(Charge charge, long window, long more) {
        long change = more > 0 ? Math.min(more, left(charge, window)) : Math.max(more, -used(charge, window));
        events.add(new Event(name(charge), window, change));
    }
}
