/**
 * What a decision costs, beside the same written by hand, and beside others who decide or count.
 *
 * <p>Data flow: {@code Benchmarks} has JMH run whatever bears {@code @Benchmark} here and in {@code .peers}, each in JVMs of its own,
 * and {@code Programs} measures what JMH cannot ({@code FirstDecision}, {@code CounterMemory}, {@code ManyCases});
 * {@code .report} makes tables, goals and a picture of what both wrote. {@link dev.toolpolicy.examples.benchmarks.Workload} makes the
 * policies and calls of {@code Deciding}, and {@code ByHand} is its floor: the least Java that answers the same.
 */
@NullMarked
package dev.toolpolicy.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
