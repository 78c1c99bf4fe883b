package dev.toolpolicy.spi;

import static java.util.Objects.requireNonNull;

/**
 * What a call would use up of one counter.
 *
 * <p>The counter is told by its namespace, counter and caller together, each of which may hold any character: a store with keys
 * of one text takes {@link #key()}.
 *
 * @param namespace whose counters these are, where several share a store
 * @param counter what is counted: the counter's name, its window, its decimals and its scope, as one text
 * @param caller whose use is counted together, or {@code ""} for everybody's
 * @param windowSeconds how long a window is; windows begin at its multiples since 1970
 * @param max how many units may be used in one window
 * @param units how many of them the call uses up; nothing is never too much, and may become more when it is settled
 */
public record Charge(String namespace, String counter, String caller, long windowSeconds, long max, long units) {
    public Charge {
        requireNonNull(namespace, "namespace");
        requireNonNull(counter, "counter");
        requireNonNull(caller, "caller");
        if (windowSeconds < 1)
            throw new IllegalArgumentException("windowSeconds must be positive, got " + windowSeconds);
        if (max < 1) throw new IllegalArgumentException("max must be positive, got " + max);
        if (units < 0 || units > max) throw new IllegalArgumentException("units must be 0 to max, got " + units);
    }

    /** One text for namespace, counter and caller; no two counters have the same. */
    public String key() {
        // The lengths tell where one ends, whatever they hold.
        return namespace.length() + ":" + namespace + counter.length() + ":" + counter + caller;
    }
}
