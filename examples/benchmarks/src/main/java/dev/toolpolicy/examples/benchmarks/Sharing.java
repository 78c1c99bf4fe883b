package dev.toolpolicy.examples.benchmarks;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.ToolCall;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** One evaluator, asked by one thread or by two: whether they get in each other's way. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgs = "-Xmx1g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
public class Sharing {
    private ToolCall[] calls;
    private Evaluator evaluator;

    /** Makes the policy and the calls. */
    @Setup
    public void prepare() {
        calls = Workload.CONDITIONS_HOLD.calls(100);
        evaluator = Workload.CONDITIONS_HOLD.evaluator(100);
    }

    /** Where a thread is among the calls. */
    @State(Scope.Thread)
    public static class Turn {
        private int next;

        private int next() {
            return next++ & (Workload.CALLS - 1);
        }
    }

    /** Alone. */
    @Benchmark
    @Threads(1)
    public Decision one(Turn turn) {
        return evaluator.evaluate(calls[turn.next()]);
    }

    /** Each of two. */
    @Benchmark
    @Threads(2)
    public Decision two(Turn turn) {
        return evaluator.evaluate(calls[turn.next()]);
    }
}
