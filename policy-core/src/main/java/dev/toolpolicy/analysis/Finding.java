package dev.toolpolicy.analysis;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * Something in a policy that is allowed, and probably not meant.
 *
 * @param code what sort of finding it is
 * @param pointer where in the document, as RFC 6901 spells it
 * @param line the line where it stands, from 1
 * @param column the column, from 1: characters, whatever their width
 * @param message what was found, and what follows from it
 * @param hint what to do about it
 */
public record Finding(String code, Severity severity, String pointer, int line, int column, String message, String hint)
        implements Comparable<Finding> {
    private static final Comparator<Finding> BY_POSITION = Comparator.comparingInt(Finding::line)
            .thenComparingInt(Finding::column)
            .thenComparing(Finding::pointer)
            .thenComparing(Finding::code)
            .thenComparing(Finding::message);

    public Finding {
        requireNonNull(code, "code");
        requireNonNull(severity, "severity");
        requireNonNull(pointer, "pointer");
        requireNonNull(message, "message");
        requireNonNull(hint, "hint");
        if (line < 1 || column < 1) throw new IllegalArgumentException("lines and columns are counted from 1");
    }

    /** By their place in the document. */
    @Override
    public int compareTo(Finding other) {
        return BY_POSITION.compare(this, other);
    }

    /** How much it matters. */
    public enum Severity {
        /** What is written has no effect, or not the one that it reads as. */
        ERROR,
        /** It works as written, and can be got round or used up in ways that are easily overlooked. */
        WARNING,
        /** Worth a second look. */
        NOTE
    }
}
