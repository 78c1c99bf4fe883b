package dev.toolpolicy.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.ToolCall;
import java.lang.management.ManagementFactory;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A decision makes no garbage, though the JVM of these tests removes none of it: see the pom. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int DECISIONS = 100_000;
    /** Room for what the JVM does once on this thread; an object for each decision would be two thousand times as much. */
    private static final long LEAST_BYTES = 1024;

    private static final int ROUNDS = 20;

    @ParameterizedTest
    @EnumSource
    void aDecisionAllocatesNothing(Workload workload) {
        Evaluator evaluator = workload.evaluator(100);

        assertThat(bytesAllocated(workload.calls(100), evaluator::evaluate)).isLessThan(LEAST_BYTES);
    }

    @Test
    void theMeterSeesOneSmallObjectForEachDecision() {
        assertThat(bytesAllocated(Workload.NO_RULES.calls(100), call -> new Object()))
                .isGreaterThan(8L * DECISIONS);
    }

    /** Where decisions go, so that the compiler cannot do without them. */
    private static volatile Object kept = "";

    private static long bytesAllocated(ToolCall[] calls, Function<ToolCall, Object> decide) {
        long fewest = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && fewest >= LEAST_BYTES; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < DECISIONS; i++) kept = decide.apply(calls[i % calls.length]);
            fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(kept).isNotNull();
        return fewest;
    }
}
