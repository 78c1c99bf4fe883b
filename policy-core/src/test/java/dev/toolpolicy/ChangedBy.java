package dev.toolpolicy;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import java.time.Instant;
import java.util.List;

/** Counters that look and take as others do; how they change what was taken, a test says. */
record ChangedBy(Counters counters, Change how) implements Counters {
    interface Change {
        void change(Charge charge, long window, long more);
    }

    @Override
    public List<Left> look(List<Charge> charges, Instant now) {
        return counters.look(charges, now);
    }

    @Override
    public Taking take(List<Charge> charges, Instant now) {
        return counters.take(charges, now);
    }

    @Override
    public void change(Charge charge, long window, long more) {
        how.change(charge, window, more);
    }
}
