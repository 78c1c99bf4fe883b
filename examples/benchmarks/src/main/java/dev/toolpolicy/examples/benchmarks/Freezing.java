package dev.toolpolicy.examples.benchmarks;

import dev.toolpolicy.Identity;
import dev.toolpolicy.ToolCall;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Making a call of four arguments, which freezes them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgs = "-Xmx1g")
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 3, time = 1)
public class Freezing {
    private final Identity agent = Identity.of("alice-laptop").with("tenant", "acme");
    private final String text = Workload.charge(1, "99.95", "usd", "acme");
    private final Map<String, Object> map =
            Map.of("customer", "cus_0001", "amount", new BigDecimal("99.95"), "currency", "usd", "tenant", "acme");

    /** From JSON text. */
    @Benchmark
    public ToolCall parse() {
        return ToolCall.parse(agent, "create_charge", text);
    }

    /** From a map that somebody else made. */
    @Benchmark
    public ToolCall of() {
        return ToolCall.of(agent, "create_charge", map);
    }
}
