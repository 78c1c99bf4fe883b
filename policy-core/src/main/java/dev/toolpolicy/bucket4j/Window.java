package dev.toolpolicy.bucket4j;

import dev.toolpolicy.spi.Taking.Left;
import java.time.Duration;
import java.time.Instant;

/** Windows are multiples of their length since 1970. */
final class Window {
    private Window() {}

    /** The second at which the window ends in which this second lies. */
    static long end(long second, long windowSeconds) {
        return (Math.floorDiv(second, windowSeconds) + 1) * windowSeconds;
    }

    /** How many windows lie between 1970 and the one with this end. */
    static long number(long end, long windowSeconds) {
        return end / windowSeconds - 1;
    }

    static Left left(long units, long end, long windowSeconds, Instant now) {
        return new Left(units, number(end, windowSeconds), Duration.between(now, Instant.ofEpochSecond(end)));
    }
}
