package dev.toolpolicy.examples.benchmarks;

import dev.toolpolicy.spi.Violation;
import java.util.List;
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

/** Arguments of four members against a schema: by the library, by bare everit, and by networknt. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgs = "-Xmx1g")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
public class Validating {
    /** Whether the arguments fit the schema; if not, one of them does not. */
    @Param({"true", "false"})
    public boolean valid;

    private SchemaCall call;

    /** Compiles the schema, and makes the call. */
    @Setup
    public void prepare() {
        call = new SchemaCall(valid);
        int faults = valid ? 0 : 1;
        for (List<?> found : List.of(ours(), everit(), everitReady(), networknt(), networkntReady())) {
            if (found.size() != faults) throw new IllegalStateException("they do not agree: " + found);
        }
    }

    /** By the library, which copies the frozen arguments for everit. */
    @Benchmark
    public List<Violation> ours() {
        return call.ours();
    }

    /** The first part of that: the copy. */
    @Benchmark
    public Object converting() {
        return call.converted();
    }

    /** By everit alone, from org.json's own copy: what the library is measured against. */
    @Benchmark
    public List<String> everit() {
        return call.everit();
    }

    /** The same, of arguments that are copied already. */
    @Benchmark
    public List<String> everitReady() {
        return call.everitReady();
    }

    /** By networknt, from a tree that Jackson makes. */
    @Benchmark
    public List<String> networknt() {
        return call.networknt();
    }

    /** The same, of a tree that is made already. */
    @Benchmark
    public List<String> networkntReady() {
        return call.networkntReady();
    }
}
