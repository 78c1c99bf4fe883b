package dev.toolpolicy.bucket4j;

import dev.toolpolicy.spi.Counters;
import io.github.bucket4j.distributed.proxy.AbstractProxyManagerBuilder;

/** Counts with Bucket4j: in the memory of one process, or in a store that several share. */
public abstract sealed class Bucket4jCounters implements Counters permits InMemoryCounters, SharedCounters {
    Bucket4jCounters() {}

    /** In memory: at most a million counters whose windows have not passed. */
    public static InMemoryCounters inMemory() {
        return inMemory(InMemoryCounters.MOST_COUNTERS);
    }

    /**
     * In memory: at most so many counters whose windows have not passed. With all of them in use a new caller is denied; nobody's
     * use is forgotten to make room.
     */
    public static InMemoryCounters inMemory(int mostCounters) {
        return new InMemoryCounters(mostCounters);
    }

    /**
     * Counters in a store that several processes share, by whatever backend of Bucket4j the host runs.
     *
     * <p>The client of the store is the host's to set: it must send nothing a second time by itself, as Lettuce does when a
     * connection breaks, unless told otherwise. What is given back could be given back twice.
     *
     * @param namespace begins every key in the store: 1 to 100 characters of printable ASCII. Processes with the same one count
     *     together
     * @param builder makes the way to the store. It is ours from now on: expiry, clock, retries and time limits are set here, over
     *     whatever it says of them
     * @throws IllegalArgumentException if the namespace is another text, or the backend cannot let keys expire
     */
    public static SharedCounters over(String namespace, AbstractProxyManagerBuilder<String, ?, ?> builder) {
        return new SharedCounters(namespace, builder);
    }
}
