/**
 * Files that one process keeps for itself: its owner's alone, written by nobody else, and safe from threads that are interrupted.
 *
 * <p>{@link dev.toolpolicy.disk.OwnFiles} opens them, {@link dev.toolpolicy.disk.HeldLock} sees to it that nobody else does. An
 * audit log and a journal of approvals are written through these.
 *
 * <p>Allowed imports: the JDK, JSpecify.
 */
@NullMarked
package dev.toolpolicy.disk;

import org.jspecify.annotations.NullMarked;
