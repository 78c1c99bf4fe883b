package dev.toolpolicy.audit;

import dev.toolpolicy.audit.QueuedAudit.WhenFull;
import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditRecord.Decided;
import dev.toolpolicy.spi.AuditRecord.Lost;
import dev.toolpolicy.spi.AuditRecord.Reload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The records that wait for a sink, how many had no room, and how the sink is doing: what those who bring records and the one
 * {@code Carrier} who takes them away have between them, under one lock.
 */
final class Backlog {
    private static final long MOST_BYTES = 64L << 20;
    private static final long FIXED_WEIGHT = 2_000;
    private static final long WEIGHT_OF_A_BYTE = 32;
    private static final long NAP = Duration.ofMillis(1).toNanos();
    private static final int MOST_NAPS = 100;

    private final int capacity;
    private final WhenFull whenFull;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Condition turned = lock.newCondition();
    /** The first is with the sink: it is taken out when that has taken it. */
    private final ArrayDeque<Queued> queue = new ArrayDeque<>();

    private long bytes;
    private @Nullable Throwable failure;
    private boolean asleep;
    private boolean closed;
    private volatile boolean givenUp;
    private boolean ended;
    private @Nullable Throwable closeFailure;
    /** How many were dropped since the last that was not, and when the last of them happened. */
    private long dropped;

    private Instant lastDropped = Instant.EPOCH;
    private long lost;

    /** A record, and how many were dropped before it. */
    record Queued(AuditRecord record, long bytes, long droppedBefore) {}

    Backlog(int capacity, WhenFull whenFull) {
        this.capacity = capacity;
        this.whenFull = whenFull;
    }

    /** Takes the record, or throws if it is not taken. */
    void put(AuditRecord record) {
        long weight = weight(record);
        lock.lock();
        try {
            if (!hasRoom(weight) && !makeRoom(weight)) drop(record);
            else add(record, weight);
        } finally {
            lock.unlock();
        }
    }

    /** About how much memory it holds: of a decision the whole call, read from text of which each byte may have become an object. */
    private static long weight(AuditRecord record) {
        if (record instanceof Decided decided)
            return FIXED_WEIGHT + WEIGHT_OF_A_BYTE * decided.arguments().bytes();
        if (record instanceof Reload reload)
            return FIXED_WEIGHT
                    + 2L * reload.problems().stream().mapToInt(String::length).sum();
        return FIXED_WEIGHT;
    }

    /** How many were dropped, or given up. */
    long lost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the sink has everything, and is closed; throws if that was not done in time, or not at all. */
    void close(Duration atMost) {
        lock.lock();
        try {
            if (closed) return;
            closed = true;
            wakeEverybody();
            awaitEnd(atMost);
            if (ended && closeFailure == null) return;
            if (ended) throw new IllegalStateException("the audit log could not be closed", closeFailure);
            givenUp = true;
            lost += queue.size();
            wakeEverybody();
            throw new IllegalStateException(
                    "the audit log did not take its last records in time; given up: " + queue.size(), failure);
        } finally {
            lock.unlock();
        }
    }

    /** An interrupt does not cut it short: it comes when a host ends, and the records are what is left of it. */
    private void awaitEnd(Duration atMost) {
        boolean interrupted = false;
        long left = atMost.toNanos();
        while (!ended && left > 0) {
            try {
                left = turned.awaitNanos(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    private void wakeEverybody() {
        filled.signalAll();
        room.signalAll();
        turned.signalAll();
    }

    /** One record is let in whatever it weighs, or it would never be. */
    private boolean hasRoom(long weight) {
        if (closed) throw new IllegalStateException("the audit queue is closed");
        if (failure != null && whenFull != WhenFull.COUNT) return false;
        return queue.size() < capacity && (queue.isEmpty() || bytes + weight <= MOST_BYTES);
    }

    private boolean makeRoom(long weight) {
        if (whenFull == WhenFull.COUNT) return false;
        if (whenFull == WhenFull.DENY) {
            throw new IllegalStateException(
                    failure == null ? "the audit queue is full" : "the audit log fails", failure);
        }
        try {
            while (!hasRoom(weight)) room.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the audit queue was full", e);
        }
    }

    private void drop(AuditRecord record) {
        dropped++;
        lost++;
        lastDropped = record.time();
    }

    private void add(AuditRecord record, long weight) {
        queue.add(new Queued(record, weight, dropped));
        dropped = 0;
        bytes += weight;
        // To wake a thread costs more than all else here: one that only naps sees for itself.
        if (asleep) filled.signal();
    }

    /** Empty when there will be none. */
    Optional<Queued> next() {
        lock.lock();
        try {
            for (int naps = 0; queue.isEmpty() && !closed; naps++) {
                asleep = naps >= MOST_NAPS;
                if (asleep) filled.awaitUninterruptibly();
                else pause(filled, NAP);
                asleep = false;
            }
            return Optional.ofNullable(queue.peek());
        } finally {
            lock.unlock();
        }
    }

    void taken(Queued queued) {
        lock.lock();
        try {
            queue.remove();
            bytes -= queued.bytes;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What is still to be said of records that were dropped, once there will be no more. */
    Optional<Lost> droppedLast() {
        lock.lock();
        try {
            return dropped > 0 ? Optional.of(new Lost(lastDropped, dropped)) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody waits any more for the sink to take what is left. */
    boolean isGivenUp() {
        return givenUp;
    }

    /** The sink fails: pauses, unless it is given up; whether it is to be tried again. */
    boolean tryAgainAfter(long pause, Throwable e) {
        lock.lock();
        try {
            failure = e;
            if (!givenUp) pause(turned, pause);
            return !givenUp;
        } finally {
            lock.unlock();
        }
    }

    /** The sink takes records; told by the carrier. */
    void recovered() {
        // Set by the carrier's thread alone, which need not lock to see it.
        if (failure == null) return;
        lock.lock();
        try {
            failure = null;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The carrier is gone, and the sink closed.
     *
     * @param thrown by the sink as it was closed, or null
     */
    void end(@Nullable Throwable thrown) {
        lock.lock();
        try {
            closeFailure = thrown;
            if (!closed) {
                // Whatever ended that thread: nobody is told any more that a record was taken.
                closed = true;
                lost += queue.size();
            }
            ended = true;
            room.signalAll();
            turned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // To be woken early does no harm: whoever waits looks, or tries, again.
    private static void pause(Condition condition, long nanos) {
        try {
            long ignored = condition.awaitNanos(nanos);
        } catch (InterruptedException e) {
            // The sink left it behind.
        }
    }
}
