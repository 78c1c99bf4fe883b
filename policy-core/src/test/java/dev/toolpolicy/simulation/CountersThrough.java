package dev.toolpolicy.simulation;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Counters that are what they should be, but for what a test changes. */
class CountersThrough implements Counters {
    private final Counters delegate;

    CountersThrough(Counters delegate) {
        this.delegate = delegate;
    }

    /** What is made of an answer. */
    Taking taken(Taking taking, List<Charge> charges) {
        return taking;
    }

    final void giveBack(Taking.Taken taken, List<Charge> charges) {
        for (int i = 0; i < charges.size(); i++) {
            long units = charges.get(i).units();
            if (units > 0) delegate.changeAsync(charges.get(i), taken.windows().get(i), -units);
        }
    }

    @Override
    public List<Left> look(List<Charge> charges, Instant now) {
        return delegate.look(charges, now);
    }

    @Override
    public Taking take(List<Charge> charges, Instant now) {
        return taken(delegate.take(charges, now), charges);
    }

    @Override
    public void change(Charge charge, long window, long more) {
        delegate.change(charge, window, more);
    }

    @Override
    public CompletionStage<List<Left>> lookAsync(List<Charge> charges, Instant now) {
        return delegate.lookAsync(charges, now);
    }

    @Override
    public CompletionStage<Taking> takeAsync(List<Charge> charges, Instant now) {
        return delegate.takeAsync(charges, now).thenApply(taking -> taken(taking, charges));
    }

    @Override
    public CompletionStage<Boolean> changeAsync(Charge charge, long window, long more) {
        return delegate.changeAsync(charge, window, more);
    }
}
