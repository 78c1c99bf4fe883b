package dev.toolpolicy.jsonschema;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the targets of the fuzzer share: what the library may spend on one input, and what to begin with. */
final class Fuzzing {
    private static final boolean ON = System.getenv("JAZZER_FUZZ") != null;
    private static final long MOST_NANOS = 200_000_000;
    private static final long MOST_BYTES = 64 << 20;
    /** What is slow once may have been compiled, or its classes loaded, at that moment. */
    private static final int TRIES = 4;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Fuzzing() {}

    /** Inputs to begin with, which others of the module's tests are about: a build has no need to run them here again. */
    static Stream<byte[]> seeds(Supplier<Stream<byte[]>> seeds) {
        return ON ? seeds.get() : Stream.empty();
    }

    /**
     * What the work gives, which must be the same each time; fails if it never once keeps to the bounds. How long it takes is looked at
     * while fuzzing only: a build has other things to do at the same time.
     */
    static <T> T bounded(Supplier<T> work) {
        String spent = "";
        for (int i = 0; i < TRIES; i++) {
            // Of this thread: how busy the machine is with something else does not matter.
            long nanos = THREADS.getCurrentThreadCpuTime();
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            T result = work.get();
            nanos = THREADS.getCurrentThreadCpuTime() - nanos;
            bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
            if ((!ON || nanos <= MOST_NANOS) && bytes <= MOST_BYTES) return result;
            spent += " %d ms and %d MiB;".formatted(nanos / 1_000_000, bytes >> 20);
        }
        throw new AssertionError("took" + spent);
    }
}
