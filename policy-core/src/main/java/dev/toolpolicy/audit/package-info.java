/**
 * Keeps the record of what was decided, so that whoever holds the key sees every change to it.
 *
 * <p>Data flow: an {@link dev.toolpolicy.spi.AuditRecord} → {@link dev.toolpolicy.audit.QueuedAudit}, if calls must not wait for
 * the disk (a {@code Backlog} has what waits, a {@code Carrier} brings it on) → {@link dev.toolpolicy.audit.JsonLinesAudit} →
 * one line, which holds the hash of the line before → the log, then its head. {@link dev.toolpolicy.audit.AuditVerifier} reads
 * all of it back, and names the first line that is not what was written.
 *
 * <p>A log {@code audit.jsonl} is these files: {@code audit.jsonl}, which is written to; {@code audit.jsonl.000001} and so on,
 * which were; {@code audit.jsonl.head}, how many lines there are and the hash of the last, without which lines could be cut off
 * the end; {@code audit.jsonl.lock}, which is empty.
 *
 * <p>The order of the writes is what survives a crash: a line before its head, a file renamed before the next is made. So what
 * can be found on opening is a line more than the head says, a line without an end, or no current file; all else is no accident,
 * and is not gone on with.
 *
 * <p>Nothing is read or written by an interruptible channel: those are closed under whoever is interrupted.
 *
 * <p>Allowed imports: the JDK, {@code dev.toolpolicy.spi}, {@code dev.toolpolicy.disk}, JSpecify.
 */
@NullMarked
package dev.toolpolicy.audit;

import org.jspecify.annotations.NullMarked;
