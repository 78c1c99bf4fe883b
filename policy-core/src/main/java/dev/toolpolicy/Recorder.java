package dev.toolpolicy;

import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditSink;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has records kept, and counts those that were not. */
final class Recorder {
    /** Nobody keeps anything. */
    static final Recorder NONE = new Recorder(null, false, null);

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

    /** As {@link #keep(AuditRecord, long, Consumer)}, for what nobody waits for. */
    @Nullable
    Throwable keep(AuditRecord record) {
        return keep(record, System.nanoTime(), late -> {});
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

    private static @Nullable Throwable inTime(
            TimeLimit limit, AuditSink sink, AuditRecord record, long since, Consumer<AuditSink> late) {
        record Outcome(@Nullable Throwable failure) {}
        return limit.finish(
                        () -> new Outcome(attempt(sink, record)),
                        outcome -> {
                            if (outcome.failure() == null) late.accept(sink);
                        },
                        since)
                .orElseGet(() -> new Outcome(new IllegalStateException("the record was not kept in time")))
                .failure();
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
