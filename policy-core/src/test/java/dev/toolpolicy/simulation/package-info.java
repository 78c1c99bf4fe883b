/**
 * The library under one seed: its own code, in a world in which everything that may go wrong does, and in which the same seed is the
 * same story twice.
 *
 * <p>A {@code Simulation} is one seed. A {@code World} has one {@code Schedule}, whose steps happen one after the other in a time of its
 * own, and one source of chance: several {@code Machine}s, each an evaluator with its counters, approvals and audit log, make
 * {@code Attempt}s at calls over one {@code SimulatedStore}, as a {@code Host} and the people beside it would. Between the library and
 * what is plugged into it stand {@code UnsureCounters}, {@code UnsureApprovals} and {@code UnsureAudit}, which have a {@code Fault}
 * happen where the {@code Faults} of the seed draw one: an answer is lost, a request comes twice, a machine is killed in between. Who
 * waits for the store has the schedule go on meanwhile, so that everything else happens within that wait.
 *
 * <p>The {@code Ledger} knows nothing of the library: it keeps who ran what and why, and says what must never be. After the faults have
 * stopped, everything must go again.
 *
 * <p>{@code SimulationTest} runs thousands of seeds; {@code SabotageTest} breaks what is plugged in, to see that this is found.
 */
@NullMarked
package dev.toolpolicy.simulation;

import org.jspecify.annotations.NullMarked;
