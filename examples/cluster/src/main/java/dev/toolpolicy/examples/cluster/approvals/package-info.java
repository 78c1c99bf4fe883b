/**
 * Approvals that several processes share, over a database: to be copied, and made one's own.
 *
 * <pre>
 *  SqlApprovals ──▶ Database  a transaction: in time, and whole or not at all
 *       │              └────▶ Table  the SQL, and the database's clock
 *       ├──▶ Entry   a row, and how it stands at a time
 *       └──▶ Changes what a transaction did: announced, written, told
 * </pre>
 *
 * <p>Each change is one transaction that locks the row it is about, reads the clock, decides in Java, and writes. That relies on
 * {@code READ COMMITTED}: who has waited for a lock sees what the one before has written. Whoever asks something new holds the one
 * row of {@code toolpolicy_asking} besides, so that no two ask the same and the bounds are kept; those who ask again, and those
 * who use what was approved, do not wait for it. An approval is claimed by writing a random token with an end of its own into its
 * row, and used only by whoever still has its token there: so two calls cannot both use it, whichever process dies or stands still
 * at whichever moment. A commit whose answer is lost counts as not made: the call is denied, and the approval may be used up.
 *
 * <p>It is as sound as the database's word that something is committed. A replica that takes over without the last commits may let
 * an approval be used again: have at least one replica confirm each commit ({@code synchronous_commit = on} with
 * {@code synchronous_standby_names}), and do not turn {@code fsync} off.
 *
 * <p>Allowed imports: the JDK, {@code dev.toolpolicy}, JSpecify.
 */
@NullMarked
package dev.toolpolicy.examples.cluster.approvals;

import org.jspecify.annotations.NullMarked;
