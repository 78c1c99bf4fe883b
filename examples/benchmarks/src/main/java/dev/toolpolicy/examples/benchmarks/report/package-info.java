/**
 * From the raw results of a run to what the README shows: {@code Rows} reads what JMH wrote, {@code Tables} lays it out,
 * {@code Goals} holds it against what was set out for, {@code Picture} draws the peers, {@code Machine} says where it was.
 */
@NullMarked
package dev.toolpolicy.examples.benchmarks.report;

import org.jspecify.annotations.NullMarked;
