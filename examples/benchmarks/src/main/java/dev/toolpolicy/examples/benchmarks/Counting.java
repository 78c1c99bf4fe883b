package dev.toolpolicy.examples.benchmarks;

import dev.toolpolicy.Decision;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An allowed call under limits, beside a bare bucket, and a bare limiter, that is asked for one token. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-Xmx1g", "-XX:+UseParallelGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
public class Counting {
    /** How many limits the call has. */
    @Param({"1", "2"})
    public int limits;

    private CountedCall counted;

    /** Makes the policy and the call. */
    @Setup
    public void prepare() {
        counted = new CountedCall(limits);
    }

    /** By the library. */
    @Benchmark
    public Decision toolpolicy() {
        return counted.evaluate();
    }

    /** A bucket of Bucket4j, and nothing around it. */
    @Benchmark
    public boolean floor() {
        return counted.take();
    }

    /** A limiter of Resilience4j, and nothing around it: it counts in windows of its own, which begin when it is made. */
    @Benchmark
    public boolean resilience4j() {
        return counted.acquire();
    }
}
