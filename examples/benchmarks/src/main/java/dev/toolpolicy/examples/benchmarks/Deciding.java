package dev.toolpolicy.examples.benchmarks;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.ToolCall;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
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

/** One decision: by the library, and by the floor. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgs = "-Xmx1g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
public class Deciding {
    /** Which calls, under which policy. */
    @Param
    public Workload workload;

    /** How many tools the policy has. */
    @Param({"1", "100", "10000"})
    public int tools;

    private ToolCall[] calls;
    private Evaluator evaluator;
    private Map<String, Predicate<ToolCall>> floor;
    private int next;

    /** Makes the policy and the calls. */
    @Setup
    public void prepare() {
        calls = workload.calls(tools);
        evaluator = workload.evaluator(tools);
        floor = workload.floor(tools);
    }

    /** By the library. */
    @Benchmark
    public Decision toolpolicy() {
        return evaluator.evaluate(call());
    }

    /** By hand: a look into a {@code HashMap}, and a compiled lambda. */
    @Benchmark
    public boolean floor() {
        ToolCall call = call();
        Predicate<ToolCall> rule = floor.get(call.tool());
        return rule != null && rule.test(call);
    }

    private ToolCall call() {
        return calls[next++ & (Workload.CALLS - 1)];
    }
}
