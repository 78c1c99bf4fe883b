package dev.toolpolicy;

import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditSink;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has records kept, and counts those that were not. */
final class Recorder {
    private final @Nullable AuditSink sink;
    private final boolean mandatory;
    private final @Nullable TimeLimit timeLimit;
    private final LongAdder lost = new LongAdder();

    Recorder(@Nullable AuditSink sink, boolean mandatory, @Nullable TimeLimit timeLimit) {
        this.sink = sink;
        this.mandatory = mandatory;
        this.timeLimit = timeLimit;
    }

    boolean keepsAnything() {
        return sink != null;
    }

    /** Whether what is not recorded must not be allowed. */
    boolean mandatory() {
        return mandatory;
    }

    /** How many records were not kept, or not in time. */
    long lost() {
        return lost.sum();
    }

    /** As {@link #keep(AuditRecord, long, Consumer)}, with as much time as a decision has. */
    @Nullable
    Throwable keep(AuditRecord record) {
        return keep(record, System.nanoTime(), late -> {});
    }

    /**
     * Has it kept where nothing hangs on that; what is not kept is counted. Where time is limited, a log that hangs costs no more than
     * a tenth of it: a log that does not has its records in order.
     */
    void note(AuditRecord record) {
        AuditSink there = sink;
        if (there == null) return;
        Runnable work = () -> {
            if (attempt(there, record) != null) lost.increment();
        };
        if (timeLimit == null) work.run();
        else if (!timeLimit.start(work)) lost.increment();
    }

    /**
     * Why this record was not kept, or not in time; null if it was, or if nobody keeps any.
     *
     * @param since when the time began that a decision may take, by {@code System.nanoTime()}
     * @param late gets a sink that has kept the record after all, when nobody waited any more
     */
    @Nullable
    Throwable keep(AuditRecord record, long since, Consumer<AuditSink> late) {
        AuditSink there = sink;
        if (there == null) return null;
        Throwable failure = timeLimit == null ? attempt(there, record) : inTime(timeLimit, there, record, since, late);
        if (failure != null) lost.increment();
        return failure;
    }

    private @Nullable Throwable inTime(
            TimeLimit limit, AuditSink sink, AuditRecord record, long since, Consumer<AuditSink> late) {
        record Outcome(@Nullable Throwable failure) {}
        return limit.finish(
                        () -> new Outcome(attempt(sink, record)),
                        outcome -> {
                            if (outcome.failure() == null) late(sink, late);
                        },
                        since)
                .orElseGet(() -> new Outcome(new IllegalStateException("the record was not kept in time")))
                .failure();
    }

    private void late(AuditSink sink, Consumer<AuditSink> late) {
        try {
            late.accept(sink);
        } catch (Throwable e) {
            lost.increment();
        }
    }

    private static @Nullable Throwable attempt(AuditSink sink, AuditRecord record) {
        try {
            sink.record(record);
            return null;
        } catch (Throwable e) {
            return e;
        }
    }
}
