/**
 * Counts with Bucket4j, the only package that knows it.
 *
 * <p>Data flow: charges → {@code CounterTable}, which finds or makes a {@code LiveCounter} for each → all of them locked, in one
 * order for everybody → judged, and taken or not. A counter holds the tokens of one window in the state of a bucket that never
 * refills: what is used is what is missing of a fixed capacity, and each charge is judged by the {@code max} that it brings. So a
 * changed {@code max} holds at once, up and down and up again, and nothing of one window can reach another: a new window is a
 * full bucket.
 *
 * <p>Not Bucket4j's ready-made local buckets, because several counters are taken together or not at all, which needs a lock
 * around all of them; and each of those buckets weighs three times as much as its state.
 *
 * <p>The design is the same over a shared store, where no lock reaches: a bucket of that fixed capacity for each
 * {@link dev.toolpolicy.spi.Charge#key()} and window, so that no backend's clock ends one. There a charge is taken first, and
 * given back if what is then used is more than its {@code max}.
 *
 * <p>Allowed imports: the JDK, {@code dev.toolpolicy.spi}, Bucket4j, JSpecify.
 */
@NullMarked
package dev.toolpolicy.bucket4j;

import org.jspecify.annotations.NullMarked;
