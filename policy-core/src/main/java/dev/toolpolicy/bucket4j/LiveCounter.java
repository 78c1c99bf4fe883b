package dev.toolpolicy.bucket4j;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketState;
import io.github.bucket4j.MathType;
import java.time.Duration;

/**
 * The units that one caller has used in one window. Every method is called by who holds the counter's monitor.
 */
final class LiveCounter {
    /** More than any {@code max}: what is used is what is missing of it. */
    private static final long CAPACITY = 1L << 60;

    /** One for all counters. It refills one token in a century: a window is full when it begins, and then never refills. */
    private static final BucketConfiguration BUCKET = BucketConfiguration.builder()
            .addLimit(Bandwidth.builder()
                    .capacity(CAPACITY)
                    .refillIntervally(1, Duration.ofDays(36_500))
                    .build())
            .build();

    private static final long DROPPED = Long.MIN_VALUE;

    private final BucketState bucket = BucketState.createInitialState(BUCKET, MathType.INTEGER_64_BITS, 0);
    /** The second since 1970 at which its window ends. */
    private long ends;
    /** Whether a call has taken from this window, be it nothing yet. */
    private boolean taken;

    private final CounterId id;

    LiveCounter(CounterId id, long ends) {
        this.id = id;
        this.ends = ends;
    }

    /** Which counter it is; for this one the monitor is not needed. */
    CounterId id() {
        return id;
    }

    /** Turns to the window of this second, unless a later one has begun: time does not go back. */
    void turnTo(long second, long windowSeconds) {
        // The window is the same for nearly every call, and told so without a division.
        if (second < ends) return;
        long end = Window.end(second, windowSeconds);
        bucket.reset();
        taken = false;
        ends = end;
    }

    /** The end of the window that a charge at this second would be taken from. */
    long ends(long second, long windowSeconds) {
        return second < ends ? ends : Window.end(second, windowSeconds);
    }

    /** What a charge at this second would find left. */
    long left(long max, long second) {
        return second >= ends ? max : left(max);
    }

    /** What is left of this window. */
    long left(long max) {
        return Math.max(0, max - used());
    }

    /** Takes more, or gives back what is negative, but no more than was taken. */
    void use(long units) {
        if (units < 0) {
            bucket.addTokens(Math.min(-units, used()));
            return;
        }
        // First, and so known whatever is thrown.
        taken = true;
        bucket.consume(units);
    }

    /** Whether somebody may have a permit to settle: one who took nothing, too. */
    boolean taken() {
        return taken;
    }

    /** How many units of this window are used. */
    private long used() {
        return CAPACITY - bucket.getAvailableTokens();
    }

    /** When its window ends. */
    long ends() {
        return ends;
    }

    /** When its window began. */
    long begins(long windowSeconds) {
        return ends - windowSeconds;
    }

    boolean isOver(long second) {
        return ends <= second;
    }

    /** It is in the table no more: who found it before looks again. */
    void drop() {
        ends = DROPPED;
    }

    boolean dropped() {
        return ends == DROPPED;
    }
}
