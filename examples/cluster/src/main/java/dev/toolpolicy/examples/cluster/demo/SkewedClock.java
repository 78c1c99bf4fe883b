package dev.toolpolicy.examples.cluster.demo;

import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;

/**
 * A clock that is wrong.
 *
 * @param offsetMillis by how much it is ahead
 * @param jumpMillis how far it is from that at most, either way; it jumps to another place some times in a second
 */
public record SkewedClock(long offsetMillis, long jumpMillis) implements InstantSource {
    /** One that is right. */
    public static final SkewedClock RIGHT = new SkewedClock(0, 0);

    private static final long BETWEEN_JUMPS_MILLIS = 300;

    public SkewedClock {
        if (jumpMillis < 0) throw new IllegalArgumentException("jumpMillis must not be negative, got " + jumpMillis);
    }

    @Override
    public Instant instant() {
        return at(System.currentTimeMillis());
    }

    /** What it says at a time. */
    Instant at(long millis) {
        // All that it knows is the time, so that any number of threads sees one clock.
        SplittableRandom random = new SplittableRandom(offsetMillis ^ millis / BETWEEN_JUMPS_MILLIS);
        return Instant.ofEpochMilli(millis + offsetMillis + random.nextLong(-jumpMillis, jumpMillis + 1));
    }
}
