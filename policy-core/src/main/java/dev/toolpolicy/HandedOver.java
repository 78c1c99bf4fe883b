package dev.toolpolicy;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import dev.toolpolicy.spi.Taking.Taken;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Counters whose later answers are told on an executor. One that refuses to leaves nothing taken. */
final class HandedOver implements Counters {
    private final Counters counters;
    private final Handover handover;

    HandedOver(Counters counters, Executor executor) {
        this.counters = counters;
        this.handover = new Handover(executor);
    }

    /** The same, told on another executor. */
    HandedOver on(Executor executor) {
        return new HandedOver(counters, executor);
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
        counters.change(charge, window, more);
    }

    @Override
    public CompletionStage<List<Left>> lookAsync(List<Charge> charges, Instant now) {
        return handover.of(counters.lookAsync(charges, now), left -> {});
    }

    @Override
    public CompletionStage<Taking> takeAsync(List<Charge> charges, Instant now) {
        return handover.of(counters.takeAsync(charges, now), taking -> giveBack(charges, taking));
    }

    @Override
    public CompletionStage<Boolean> changeAsync(Charge charge, long window, long more) {
        return handover.of(counters.changeAsync(charge, window, more));
    }

    private void giveBack(List<Charge> charges, Taking taking) {
        if (!(taking instanceof Taken taken)) return;
        for (int i = 0; i < charges.size(); i++) {
            Charge charge = charges.get(i);
            if (charge.units() > 0) counters.changeAsync(charge, taken.windows().get(i), -charge.units());
        }
    }
}
