package dev.toolpolicy.examples.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.toolpolicy.document.ParseResult;
import dev.toolpolicy.document.PolicyParser;
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

/** Reading and compiling a policy in which each tool has three conditions and two limits. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// Room for several policies, so that what is read is measured and not how often the collector copies a large one.
@Fork(
        value = 3,
        jvmArgs = {"-Xmx4g", "-Xmn3g"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 3, time = 2)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
public class Parsing {
    /** How many tools the policy has. */
    @Param({"1000", "10000"})
    public int tools;

    private byte[] document;

    /** Makes the document. */
    @Setup
    public void prepare() {
        document = Documents.withConditionsAndLimits(tools).getBytes(UTF_8);
    }

    /** From bytes to a policy that is ready to decide. */
    @Benchmark
    public ParseResult parse() {
        return PolicyParser.standard().parse(document);
    }
}
