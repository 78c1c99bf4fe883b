package dev.toolpolicy.audit;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditRecord.Decided;
import dev.toolpolicy.spi.AuditRecord.Lost;
import dev.toolpolicy.spi.AuditRecord.Reload;
import dev.toolpolicy.spi.AuditSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes records in memory, and has a thread of its own hand them to a sink, in order: calls do not wait for the disk, and what is
 * still in memory when the process is killed is not recorded. What the sink does not take is tried again until it does. Safe for
 * any number of threads.
 */
public final class QueuedAudit implements AuditSink {
    private static final long MOST_BYTES = 64L << 20;
    private static final long FIXED_WEIGHT = 2_000;
    private static final long WEIGHT_OF_A_BYTE = 32;
    private static final long FIRST_PAUSE = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final long NAP = Duration.ofMillis(1).toNanos();
    private static final int MOST_NAPS = 100;
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final AuditSink sink;
    private final int capacity;
    private final WhenFull whenFull;
    private final Duration closing;

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
    private record Queued(AuditRecord record, long bytes, long droppedBefore) {}

    private QueuedAudit(AuditSink sink, int capacity, WhenFull whenFull, Duration closing) {
        this.sink = sink;
        this.capacity = capacity;
        this.whenFull = whenFull;
        this.closing = closing;
    }

    /**
     * A queue before this sink, which is then the queue's: to close it closes the sink.
     *
     * @param capacity how many records it holds at most; nor does it hold more than about 64 MiB, calls and their arguments
     */
    public static QueuedAudit before(AuditSink sink, int capacity, WhenFull whenFull) {
        return before(sink, capacity, whenFull, CLOSING);
    }

    static QueuedAudit before(AuditSink sink, int capacity, WhenFull whenFull, Duration closing) {
        if (capacity < 1) throw new IllegalArgumentException("a queue holds at least one record, got " + capacity);
        QueuedAudit queue =
                new QueuedAudit(requireNonNull(sink, "sink"), capacity, requireNonNull(whenFull, "whenFull"), closing);
        Thread thread = new Thread(queue::run, "toolpolicy-audit");
        thread.setDaemon(true);
        thread.start();
        return queue;
    }

    /**
     * Takes the record, which the sink gets later.
     *
     * @throws IllegalStateException if it is not taken: the queue is closed, or full (or its sink fails) under {@link WhenFull#DENY},
     *     or the thread was interrupted while it waited under {@link WhenFull#BLOCK}
     */
    @Override
    public void record(AuditRecord record) {
        requireNonNull(record, "record");
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

    /** Whether records may be dropped though they were taken: then it is no log to depend on. */
    @Override
    public boolean mayLose() {
        return whenFull == WhenFull.COUNT || sink.mayLose();
    }

    /** How many records were dropped, or given up by {@link #close}. */
    public long lost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the sink has everything, 10 seconds at most, and closes it; a second time it does nothing.
     *
     * @throws IllegalStateException if that was not done in time, or the sink could not be closed; how many records were given up is
     *     added to {@link #lost}
     */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) return;
            closed = true;
            wakeEverybody();
            awaitEnd(closing);
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

    private void run() {
        try {
            boolean going = true;
            while (going) going = handOverOne();
        } finally {
            end();
        }
    }

    /** False when there will be none, or they were given up. */
    private boolean handOverOne() {
        try {
            Optional<Queued> next = next();
            if (next.isPresent()) {
                if (!handOver(next.get())) return false;
                taken(next.get());
                return true;
            }
            if (dropped > 0) handOver(new Lost(lastDropped, dropped));
            return false;
        } catch (Throwable e) {
            // For want of memory, even to wait. What the sink did not take is still there, and this thread must be too.
            LockSupport.parkNanos(FIRST_PAUSE);
            return !givenUp;
        }
    }

    /** Empty when there will be none. */
    private Optional<Queued> next() {
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

    private void taken(Queued queued) {
        lock.lock();
        try {
            queue.remove();
            bytes -= queued.bytes;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean handOver(Queued queued) {
        long before = queued.droppedBefore;
        if (before > 0 && !handOver(new Lost(queued.record.time(), before))) return false;
        return handOver(queued.record);
    }

    /** Until the sink takes it; false if it was given up. */
    private boolean handOver(AuditRecord record) {
        for (long pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
            if (givenUp) return false;
            try {
                sink.record(record);
                recovered();
                return true;
            } catch (Throwable e) {
                // An Error too: without this thread nothing would be recorded any more.
                if (!triedAgainAfter(pause, e)) return false;
            }
        }
    }

    private boolean triedAgainAfter(long pause, Throwable e) {
        lock.lock();
        try {
            failure = e;
            if (!givenUp) pause(turned, pause);
            return !givenUp;
        } finally {
            lock.unlock();
        }
    }

    private void recovered() {
        // Set by this thread alone, which need not lock to see it.
        if (failure == null) return;
        lock.lock();
        try {
            failure = null;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The sink is closed by the thread that uses it: one that hangs in it would make {@link #close} hang too. */
    private void end() {
        @Nullable Throwable thrown = null;
        try {
            sink.close();
        } catch (Throwable e) {
            thrown = e;
        }
        lock.lock();
        try {
            closeFailure = thrown;
            if (!closed) {
                // Whatever ended this thread: nobody is told any more that a record was taken.
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

    /** What happens to a record that there is no room for. */
    public enum WhenFull {
        /** It is refused, and so is every one while the sink fails: for a log that is mandatory. */
        DENY,
        /** Whoever brings it waits, and so does everybody while the sink fails. */
        BLOCK,
        /** It is dropped and counted; how many are missing is recorded where they are. */
        COUNT
    }
}
