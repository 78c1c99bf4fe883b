package dev.toolpolicy.audit;

import dev.toolpolicy.audit.Backlog.Queued;
import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditRecord.Lost;
import dev.toolpolicy.spi.AuditSink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Brings what waits to a sink, in order, on a thread of its own; what the sink does not take it tries again. */
final class Carrier implements Runnable {
    private static final long FIRST_PAUSE = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(1).toNanos();

    private final Backlog backlog;
    private final AuditSink sink;

    Carrier(Backlog backlog, AuditSink sink) {
        this.backlog = backlog;
        this.sink = sink;
    }

    @Override
    public void run() {
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
            Optional<Queued> next = backlog.next();
            if (next.isPresent()) {
                if (!handOver(next.get())) return false;
                backlog.taken(next.get());
                return true;
            }
            backlog.droppedLast().ifPresent(this::handOver);
            return false;
        } catch (Throwable e) {
            // For want of memory, even to wait. What the sink did not take is still there, and this thread must be too.
            LockSupport.parkNanos(FIRST_PAUSE);
            return !backlog.isGivenUp();
        }
    }

    private boolean handOver(Queued queued) {
        long before = queued.droppedBefore();
        if (before > 0 && !handOver(new Lost(queued.record().time(), before))) return false;
        return handOver(queued.record());
    }

    /** Until the sink takes it; false if it was given up. */
    private boolean handOver(AuditRecord record) {
        for (long pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
            if (backlog.isGivenUp()) return false;
            try {
                sink.record(record);
                backlog.recovered();
                return true;
            } catch (Throwable e) {
                // An Error too: without this thread nothing would be recorded any more.
                if (!backlog.tryAgainAfter(pause, e)) return false;
            }
        }
    }

    /** The sink is closed by the thread that uses it: one that hangs in it would make {@link QueuedAudit#close} hang too. */
    private void end() {
        @Nullable Throwable thrown = null;
        try {
            sink.close();
        } catch (Throwable e) {
            thrown = e;
        }
        backlog.end(thrown);
    }
}
