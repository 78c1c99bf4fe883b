package dev.toolpolicy.simulation;

import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What everything in one simulation has in common. */
final class World {
    final SplittableRandom random;
    final Schedule schedule;
    final Transcript transcript;
    final Faults faults;
    final Ledger ledger;
    /** For whom the library is at work now. Read by another thread only while this one waits for it. */
    private @Nullable Attempt current;

    World(long seed) {
        random = new SplittableRandom(seed);
        // Whoever waits is not whom the next step is for.
        schedule = new Schedule(step -> run(null, step));
        transcript = new Transcript(schedule);
        faults = new Faults(random);
        ledger = new Ledger(schedule);
    }

    @Nullable
    Attempt current() {
        return current;
    }

    /** Does this for an attempt, or for nobody. */
    <T> T on(@Nullable Attempt attempt, Supplier<T> work) {
        Attempt before = current;
        current = attempt;
        try {
            return work.get();
        } finally {
            current = before;
        }
    }

    void run(@Nullable Attempt attempt, Runnable work) {
        on(attempt, () -> {
            work.run();
            return attempt == null;
        });
    }

    /** Where the host has work done that follows an answer: a step of its own, for whom it was begun. */
    Executor executorOf(Machine machine) {
        return work -> {
            Attempt whose = current;
            schedule.after(random.nextLong(2_000_000), () -> {
                if (machine.runs()) run(whose, work);
            });
        };
    }

    /** Mostly soon, at times not. */
    long latency() {
        long most = random.nextInt(10) == 0 && !faults.areOver() ? 160 : 20;
        return random.nextLong(1, most * 1_000_000);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
