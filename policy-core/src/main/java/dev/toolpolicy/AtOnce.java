package dev.toolpolicy;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The pace of a caller who waits: every stage is complete as soon as there is one. */
final class AtOnce implements Pace<Decision> {
    static final AtOnce PACE = new AtOnce();

    private AtOnce() {}

    @Override
    public Decision said(Decision decision) {
        return decision;
    }

    @Override
    public Decision settled(CompletionStage<Decision> decision) {
        return decision.toCompletableFuture().join();
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public CompletionStage<List<Left>> look(Counters counters, List<Charge> charges, Instant now) {
        return Stages.atOnce(() -> counters.look(charges, now));
    }

    @Override
    public CompletionStage<Taking> take(Counters counters, List<Charge> charges, Instant now) {
        return Stages.atOnce(() -> counters.take(charges, now));
    }

    @Override
    public void giveBack(Permit permit) {
        permit.refund();
    }

    @Override
    public void whenGivenUp(Runnable action) {
        // Whoever waits does not give up: what takes too long is interrupted, and heard of to its end.
    }
}
