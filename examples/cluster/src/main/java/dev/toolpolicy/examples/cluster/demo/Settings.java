package dev.toolpolicy.examples.cluster.demo;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What a {@link Worker} is told on its command line.
 *
 * @param store where the counters are: an address, as {@code redis://127.0.0.1:6379}
 * @param policy a document with a tool {@code search} that has limits, all of one window
 * @param grant whose calls it makes
 * @param threads how many make calls at the same time
 * @param pause how long each of them rests after a call
 * @param clock what is wrong with its clock
 */
public record Settings(String store, Path policy, String grant, int threads, Duration pause, SkewedClock clock) {
    public Settings {
        requireNonNull(store, "store");
        requireNonNull(policy, "policy");
        requireNonNull(grant, "grant");
        requireNonNull(pause, "pause");
        requireNonNull(clock, "clock");
        if (threads < 1) throw new IllegalArgumentException("threads must be positive, got " + threads);
    }

    /** The same for another process. */
    public Settings of(String otherGrant, SkewedClock otherClock) {
        return new Settings(store, policy, otherGrant, threads, pause, otherClock);
    }

    List<String> toArguments() {
        return List.of(
                store,
                policy.toString(),
                grant,
                Integer.toString(threads),
                pause.toString(),
                Long.toString(clock.offsetMillis()),
                Long.toString(clock.jumpMillis()));
    }

    static Settings ofArguments(String... arguments) {
        if (arguments.length != 7)
            throw new IllegalArgumentException(
                    "expected: store policy grant threads pause offset jump; got " + Arrays.toString(arguments));
        return new Settings(
                arguments[0],
                Path.of(arguments[1]),
                arguments[2],
                Integer.parseInt(arguments[3]),
                Duration.parse(arguments[4]),
                new SkewedClock(Long.parseLong(arguments[5]), Long.parseLong(arguments[6])));
    }
}
