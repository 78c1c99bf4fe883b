/**
 * What a decision costs, beside the same written by hand.
 *
 * <p>{@link dev.toolpolicy.examples.benchmarks.Workload} makes policies and calls, and the floor: the least Java that answers the
 * same. JMH runs {@code Deciding}, {@code Freezing} and {@code Parsing} on them; {@code Benchmarks} prints the ratios.
 */
@NullMarked
package dev.toolpolicy.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
