package dev.toolpolicy.testing;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is turned. */
final class TurnedClock implements InstantSource {
    /** Where it begins unless somebody says otherwise: any instant will do, as long as it is always the same. */
    static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now;

    TurnedClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    void turnTo(Instant instant) {
        now = instant;
    }
}
