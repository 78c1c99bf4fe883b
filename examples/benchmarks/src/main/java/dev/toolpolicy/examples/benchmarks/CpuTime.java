package dev.toolpolicy.examples.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * What an operation takes of a processor, its share of compiling and collecting garbage included. Unlike the time on the wall,
 * it is much the same on a machine that has other things to do.
 */
public final class CpuTime implements InternalProfiler {
    static final String NAME = "cpu.time";

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private long before;

    @Override
    public String getDescription() {
        return "Processor time per operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = PROCESS.getProcessCpuTime();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double nanos = PROCESS.getProcessCpuTime() - before;
        double perOperation = nanos
                / result.getMetadata().getAllOps()
                / benchmark.getTimeUnit().toNanos(1);
        String unit = result.getPrimaryResult().getScoreUnit();
        return List.of(new ScalarResult(NAME, perOperation, unit, AggregationPolicy.AVG));
    }
}
