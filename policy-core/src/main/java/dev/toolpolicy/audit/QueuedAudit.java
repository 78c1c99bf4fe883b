package dev.toolpolicy.audit;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditSink;
import java.time.Duration;

/**
 * Takes records in memory, and has a thread of its own hand them to a sink, in order: calls do not wait for the disk, and what is
 * still in memory when the process is killed is not recorded. What the sink does not take is tried again until it does. Safe for
 * any number of threads.
 */
public final class QueuedAudit implements AuditSink {
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final AuditSink sink;
    private final WhenFull whenFull;
    private final Backlog backlog;
    private final Duration closing;

    private QueuedAudit(AuditSink sink, WhenFull whenFull, Backlog backlog, Duration closing) {
        this.sink = sink;
        this.whenFull = whenFull;
        this.backlog = backlog;
        this.closing = closing;
    }

    /**
     * A queue before this sink, which is then the queue's: whoever closes the queue closes the sink.
     *
     * @param capacity how many records it holds at most; nor does it hold more than about 64 MiB, calls and their arguments
     */
    public static QueuedAudit before(AuditSink sink, int capacity, WhenFull whenFull) {
        return before(sink, capacity, whenFull, CLOSING);
    }

    static QueuedAudit before(AuditSink sink, int capacity, WhenFull whenFull, Duration closing) {
        if (capacity < 1) throw new IllegalArgumentException("a queue holds at least one record, got " + capacity);
        Backlog backlog = new Backlog(capacity, requireNonNull(whenFull, "whenFull"));
        Thread thread = new Thread(new Carrier(backlog, requireNonNull(sink, "sink")), "toolpolicy-audit");
        thread.setDaemon(true);
        thread.start();
        return new QueuedAudit(sink, whenFull, backlog, closing);
    }

    /**
     * Takes the record, which the sink gets later.
     *
     * @throws IllegalStateException if it is not taken: the queue is closed, or full (or its sink fails) under {@link WhenFull#DENY},
     *     or the thread was interrupted while it waited under {@link WhenFull#BLOCK}
     */
    @Override
    public void record(AuditRecord record) {
        backlog.put(requireNonNull(record, "record"));
    }

    /** Whether records may be dropped though they were taken: then it is no log to depend on. */
    @Override
    public boolean mayLose() {
        return whenFull == WhenFull.COUNT || sink.mayLose();
    }

    /** How many records were dropped, or given up by {@link #close}. */
    public long lost() {
        return backlog.lost();
    }

    /**
     * Waits until the sink has everything, 10 seconds at most, and closes it; a second time it does nothing.
     *
     * @throws IllegalStateException if that was not done in time, or the sink could not be closed; how many records were given up is
     *     added to {@link #lost}
     */
    @Override
    public void close() {
        backlog.close(closing);
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
