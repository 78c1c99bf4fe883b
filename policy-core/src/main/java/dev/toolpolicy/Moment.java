package dev.toolpolicy;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The time of one decision: the clock is read when it is first asked for, and not again. */
final class Moment implements InstantSource {
    private final InstantSource clock;
    private volatile @Nullable Instant read;

    Moment(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Instant instant() {
        Instant known = read;
        if (known == null) read = known = clock.instant();
        return known;
    }

    /** For a record, which is made even where the clock fails. */
    Instant orEpoch() {
        try {
            return instant();
        } catch (Throwable e) {
            return Instant.EPOCH;
        }
    }
}
