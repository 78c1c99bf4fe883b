package dev.toolpolicy.examples.benchmarks;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyParser;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

/** As {@link Counting} with one limit, by callers who each have a counter: one of them, or a million by turns that look like chance. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-Xmx4g", "-XX:+UseParallelGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
public class ManyCallers {
    private static final long MAX = 1L << 46;
    private static final String POLICY = """
            { "version": "1", "default": "deny", "tools": { "create_charge": {
              "limits": [ { "counter": "calls", "window": "day", "max": %d, "scope": "grant" } ] } } }""".formatted(MAX);

    /** How many callers there are, each with a counter: a power of two. */
    @Param({"1", "1048576"})
    public int callers;

    private ToolCall[] calls;
    private Evaluator evaluator;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private int next;

    /** Lets everybody call once, so that all counters are there. */
    @Setup
    public void prepare() {
        evaluator = Evaluator.builder(PolicyParser.standard().parse(POLICY).orThrow())
                .counters(Bucket4jCounters.inMemory(2 * callers))
                .build();
        calls = new ToolCall[callers];
        for (int i = 0; i < callers; i++) {
            calls[i] = ToolCall.of(Identity.of(CounterMemory.caller(i)), "create_charge", Map.of());
            if (!evaluator.evaluate(calls[i]).allowed()) throw new IllegalStateException("caller " + i);
            buckets.put(calls[i].identity().grant(), bucket());
        }
    }

    private static Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(MAX).refillIntervallyAligned(MAX, Duration.ofDays(1), Instant.EPOCH))
                .withMillisecondPrecision()
                .build();
    }

    /** By the library. */
    @Benchmark
    public Decision toolpolicy() {
        return evaluator.evaluate(call());
    }

    /** A map of the callers' buckets. */
    @Benchmark
    public boolean floor() {
        Bucket bucket = buckets.get(call().identity().grant());
        return bucket != null && bucket.tryConsume(1);
    }

    private ToolCall call() {
        // Steps of an odd size come to each of a power of two before they come back, and to none near the one before.
        next += 0x9E3779B1;
        return calls[next & (callers - 1)];
    }
}
