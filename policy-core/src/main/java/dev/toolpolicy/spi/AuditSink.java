package dev.toolpolicy.spi;

/** Keeps a record of what was decided and done. Safe for any number of threads. */
public interface AuditSink extends AutoCloseable {
    /**
     * Keeps this record; once it returns, the record is kept. What it throws says that it is not: where the log is mandatory, the
     * call is denied; else the loss is counted.
     */
    void record(AuditRecord record);

    /** Whether it may say that it keeps a record, and drop it later: such a log is not taken for one that is mandatory. */
    default boolean mayLose() {
        return false;
    }

    /** Ends the log. What it is given afterwards throws. */
    @Override
    default void close() {}
}
