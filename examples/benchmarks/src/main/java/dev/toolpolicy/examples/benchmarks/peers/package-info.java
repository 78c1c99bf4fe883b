/**
 * The same work by others: N rules, "role finance may call tool i while amount ≤ 100", and 64 calls of which half are refused.
 *
 * <p>{@link dev.toolpolicy.examples.benchmarks.peers.Rules} says what is asked and what is right, an {@code Engine} answers it in its
 * own way, {@link dev.toolpolicy.examples.benchmarks.peers.Peer} lists them, and JMH runs {@code Peers}. Each is set up as its own
 * documentation has it for speed, and is handed its own kind of question, made before.
 */
@NullMarked
package dev.toolpolicy.examples.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
