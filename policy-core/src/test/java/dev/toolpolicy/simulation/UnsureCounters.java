package dev.toolpolicy.simulation;

import dev.toolpolicy.simulation.Attempt.Taken;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counters of one life of a machine. Those in its memory answer later where nobody waits, and fail as those of a host may; those of a
 * store have a network for that.
 */
final class UnsureCounters implements Counters {
    private final Machine machine;
    private final World world;
    private final int life;
    private final Counters counters;
    private final boolean shared;

    UnsureCounters(Machine machine, Counters counters, boolean shared) {
        this.machine = machine;
        this.world = machine.world();
        this.life = machine.life();
        this.counters = counters;
        this.shared = shared;
    }

    @Override
    public List<Left> look(List<Charge> charges, Instant now) {
        return unsure(() -> counters.look(charges, now), () -> {});
    }

    @Override
    public Taking take(List<Charge> charges, Instant now) {
        return unsure(() -> taken(charges, counters.take(charges, now)), () -> forget(world.current()));
    }

    @Override
    public void change(Charge charge, long window, long more) {
        unsure(
                () -> {
                    counters.change(charge, window, more);
                    return true;
                },
                () -> world.ledger.doubt(machine.key(charge, window)));
    }

    @Override
    public CompletionStage<List<Left>> lookAsync(List<Charge> charges, Instant now) {
        return shared ? told(counters.lookAsync(charges, now)) : later(() -> look(charges, now));
    }

    @Override
    public CompletionStage<Taking> takeAsync(List<Charge> charges, Instant now) {
        if (!shared) return later(() -> take(charges, now));
        machine.mayBeKilled(life);
        return told(counters.takeAsync(charges, now)).thenApply(taking -> taken(charges, taking));
    }

    @Override
    public CompletionStage<Boolean> changeAsync(Charge charge, long window, long more) {
        if (!shared)
            return later(() -> {
                change(charge, window, more);
                return true;
            });
        machine.mayBeKilled(life);
        return told(counters.changeAsync(charge, window, more));
    }

    /** Told for whom it was asked, wherever the answer comes. */
    private <T> CompletionStage<T> told(CompletionStage<T> stage) {
        Attempt whose = world.current();
        CompletableFuture<T> told = new CompletableFuture<>();
        CompletionStage<T> unused = stage.whenComplete((value, thrown) -> world.run(whose, () -> {
            if (thrown == null) told.complete(value);
            else told.completeExceptionally(thrown);
        }));
        return told;
    }

    private <T> CompletionStage<T> later(Supplier<T> work) {
        Attempt whose = world.current();
        CompletableFuture<T> told = new CompletableFuture<>();
        world.schedule.after(
                world.latency(),
                () -> world.run(whose, () -> {
                    if (!machine.lives(life)) return;
                    try {
                        T value = work.get();
                        world.schedule.after(world.latency(), () -> world.run(whose, () -> told.complete(value)));
                    } catch (Throwable e) {
                        told.completeExceptionally(e);
                    }
                }));
        return told;
    }

    private <T> T unsure(Supplier<T> work, Runnable doubt) {
        machine.mayBeKilled(life);
        if (!shared && world.faults.happens(Fault.COUNTERS_FAIL)) {
            doubt.run();
            throw new IllegalStateException("the counters fail");
        }
        T value = work.get();
        machine.mayBeKilled(life);
        if (!shared && world.faults.happens(Fault.COUNTERS_UNSURE)) {
            doubt.run();
            throw new IllegalStateException("the counters are unsure");
        }
        return value;
    }

    /** What was taken for it, and nobody will give back. */
    private void forget(@Nullable Attempt whose) {
        if (whose != null) whose.taken.forEach(taken -> world.ledger.doubt(taken.key));
    }

    private Taking taken(List<Charge> charges, Taking taking) {
        Attempt whose = world.current();
        if (whose == null || !(taking instanceof Taking.Taken taken)) return taking;
        whose.taken.clear();
        for (int i = 0; i < charges.size(); i++) {
            long window = taken.windows().get(i);
            whose.taken.add(new Taken(charges.get(i), machine.key(charges.get(i), window), window));
        }
        return taking;
    }
}
