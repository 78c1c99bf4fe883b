package dev.toolpolicy.testing;

/** A file of cases that cannot be run; the message says everything that is wrong with it, and where. */
public final class InvalidCasesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidCasesException(String report) {
        super(report);
    }
}
