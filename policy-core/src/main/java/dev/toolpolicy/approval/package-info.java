/**
 * Asks people, and keeps what they said: {@link dev.toolpolicy.spi.Approvals} in the memory of one process, and in a file that
 * outlives it.
 *
 * <p>The evaluator asks, and uses what was approved; the host answers, by {@code approve} and {@code reject} of an
 * {@link dev.toolpolicy.approval.ApprovalDesk}, which no tool call reaches. {@code Register} is what is known of every question,
 * {@code Entry} one of them; a {@code Journal} has each change on disk before it counts, in the words of {@code JournalEntry} and
 * {@code JournalText}. A change is first told to those who may keep it from happening, then written down, then made, then told to
 * all others.
 *
 * <p>Allowed imports: the JDK, {@code dev.toolpolicy.spi}, {@code dev.toolpolicy.json}, {@code dev.toolpolicy.disk}, JSpecify.
 */
@NullMarked
package dev.toolpolicy.approval;

import org.jspecify.annotations.NullMarked;
