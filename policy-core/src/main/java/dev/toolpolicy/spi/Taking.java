package dev.toolpolicy.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/** What became of charges that were to be taken: all of them, or none. */
public sealed interface Taking {
    /**
     * All were taken.
     *
     * @param windows for each charge, in its place, the window it was taken from: the second since 1970 at which it began
     */
    record Taken(List<Long> windows) implements Taking {
        public Taken {
            windows = List.copyOf(windows);
        }
    }

    /**
     * None was taken: of those whose counters are spent, the one with the longest wait.
     *
     * @param charge the place of that charge, counted from 0
     * @param left what is left for it
     */
    record Spent(int charge, Left left) implements Taking {
        public Spent {
            if (charge < 0) throw new IllegalArgumentException("charge must not be negative, got " + charge);
            requireNonNull(left, "left");
        }
    }

    /**
     * What is left of a counter.
     *
     * @param units how many units, by the charge's own {@code max}
     * @param window which window this is: the second since 1970 at which it began
     * @param untilNext how long it takes, on the clock that was given, until the next window begins
     */
    record Left(long units, long window, Duration untilNext) {
        public Left {
            if (units < 0) throw new IllegalArgumentException("units must not be negative, got " + units);
            if (untilNext.isNegative() || untilNext.isZero()) {
                throw new IllegalArgumentException("untilNext must be more than nothing, got " + untilNext);
            }
        }
    }
}
