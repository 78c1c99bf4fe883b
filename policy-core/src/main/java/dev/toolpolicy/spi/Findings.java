package dev.toolpolicy.spi;

/** Takes the faults that a factory finds in its part of a document. */
@FunctionalInterface
public interface Findings {
    /**
     * Reports one fault.
     *
     * @param pointer where in the part that was given to the factory, as RFC 6901 spells it; {@code ""} is all of it
     * @param message what was found and what was expected: one lower-case sentence without a full stop
     * @param hint what to write instead
     */
    void report(String pointer, String message, String hint);
}
