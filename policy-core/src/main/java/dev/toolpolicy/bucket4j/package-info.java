/**
 * Counts with Bucket4j, the only package that knows it.
 *
 * <p>Both kinds of counters keep what was used, not what is left: a bucket has a capacity above any {@code max}, never refills, and
 * belongs to one window; each charge is judged by the {@code max} that it brings. So a changed {@code max} holds at once, up and
 * down and up again, and nothing of one window can reach another.
 *
 * <p>In memory: charges → {@code CounterTable}, which finds or makes a {@code LiveCounter} for each → all of them locked, in one
 * order for everybody → judged, and taken or not ({@code Claim}). Not Bucket4j's ready-made local buckets, because several
 * counters are taken together or not at all, which needs a lock around all of them; and each of those buckets weighs three times
 * as much as its state.
 *
 * <p>In a shared store, where no lock reaches: charges → {@code SharedClaim}, which takes each by itself and gives back if another
 * was refused → {@code Lanes}, which send what a process asks of one bucket one after the other, and what gathers meanwhile
 * together; a {@code Breaker} keeps them from a store that is away → {@code Store}, which knows the backend, by commands that
 * {@code Usage} is made of and every backend knows. A {@code StoreKey} is the bucket of one counter and window; it expires when
 * the window has passed, so that no backend's clock ends one.
 *
 * <p>Allowed imports: the JDK, {@code dev.toolpolicy.spi}, Bucket4j, JSpecify.
 */
@NullMarked
package dev.toolpolicy.bucket4j;

import org.jspecify.annotations.NullMarked;
