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

    static Left left(long units, long end, long windowSeconds, Instant now) {
        return new Left(units, end - windowSeconds, Duration.between(now, Instant.ofEpochSecond(end)));
    }
}
