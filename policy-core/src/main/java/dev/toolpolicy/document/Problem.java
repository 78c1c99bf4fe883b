package dev.toolpolicy.document;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * One thing that keeps a document from being a policy.
 *
 * @param code what sort of problem it is, for programs
 * @param pointer where in the document, as RFC 6901 spells it; {@code ""} is all of it
 * @param line the line where it stands, from 1
 * @param column the column, from 1: characters, whatever their width
 * @param message what was found and what was expected
 * @param hint what to do about it
 */
public record Problem(Code code, String pointer, int line, int column, String message, String hint)
        implements Comparable<Problem> {
    private static final Comparator<Problem> BY_POSITION = Comparator.comparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::pointer)
            .thenComparing(Problem::code)
            .thenComparing(Problem::message);

    public Problem {
        requireNonNull(code, "code");
        requireNonNull(pointer, "pointer");
        requireNonNull(message, "message");
        requireNonNull(hint, "hint");
        if (line < 1 || column < 1) throw new IllegalArgumentException("lines and columns are counted from 1");
    }

    /** A problem of the document as a whole. */
    static Problem ofAll(Code code, String message, String hint) {
        return new Problem(code, "", 1, 1, message, hint);
    }

    /** By their place in the document. */
    @Override
    public int compareTo(Problem other) {
        return BY_POSITION.compare(this, other);
    }

    /** What sort of problem it is. Codes are stable: tests and tools may compare them. */
    public enum Code {
        /** The file or folder is not there, or cannot be read; or the folder holds no policy. */
        UNREADABLE_FILE,
        /** The document is over 16 MiB, or what it compiles to would not be bounded; or the folder holds over 10000 of them. */
        TOO_LARGE,
        /** The bytes are not UTF-8. */
        NOT_UTF8,
        /** The text begins with a byte order mark. */
        BYTE_ORDER_MARK,
        /** The text is not JSON. */
        NOT_JSON,
        /** More than 64 objects and lists lie within each other. */
        TOO_DEEP,
        /** A key is written twice in one object. */
        DUPLICATE_KEY,
        /** A number has too many digits, or too large an exponent. */
        BAD_NUMBER,
        /** A string or key holds half a surrogate pair. */
        LONE_SURROGATE,
        /** The document is written in the form of another product. */
        FOREIGN_DIALECT,
        /** There are more problems than are told. */
        TOO_MANY_PROBLEMS,

        /** The document is of a version that is not known. */
        UNKNOWN_VERSION,
        /** An object lacks a key. */
        MISSING_KEY,
        /** An object has a key that means nothing there. */
        UNKNOWN_KEY,
        /** A value has another JSON type than is expected. */
        WRONG_TYPE,
        /** A value has the right type, and cannot be. */
        BAD_VALUE,
        /** A list is empty that would then say nothing, or too much. */
        EMPTY_LIST,
        /** Two keys cannot stand together. */
        CONFLICTING_KEYS,
        /** Something stands behind {@code action: deny}, where it can never matter. */
        NEVER_MATTERS,

        /** A text is not a tool's name or pattern. */
        BAD_TOOL_NAME,
        /** There are more than 1000 patterns. */
        TOO_MANY_PATTERNS,
        /** Two patterns match a name in common, and neither is the more specific. */
        PATTERN_TIE,
        /** One text is in {@code hide} and in {@code tools}. */
        HIDDEN_AND_LISTED,
        /** A text is not an id. */
        BAD_ID,
        /** An id is given twice. */
        DUPLICATE_ID,

        /** There is no such operator. */
        UNKNOWN_OPERATOR,
        /** A text is not a path into a call. */
        BAD_PATH,
        /** A text is not a regular expression that is run. */
        BAD_REGEX,
        /** A text is not a plain file path. */
        BAD_FILE_PATH,
        /** A text is not a host pattern. */
        BAD_HOST,
        /** An allow-list test stands where a match would stop the call. */
        ALLOW_LIST_ONLY,

        /** A window of time is none that is counted. */
        BAD_WINDOW,
        /** A text is not a counter's name. */
        BAD_COUNTER,
        /** A text is not a scope. */
        BAD_SCOPE,
        /** Two limits name the same counter and disagree on what it counts; they may be those of two policies. */
        COUNTER_CONFLICT,
        /** One call would charge a counter twice. */
        COUNTER_TWICE,
        /** More than 64 limits may apply to one call. */
        TOO_MANY_LIMITS,

        /** There is an {@code arguments_schema}, and nothing that would enforce it. */
        NO_VALIDATOR,
        /** A schema says something that would not be enforced. */
        BAD_SCHEMA,
        /** A validator failed to compile a schema. */
        VALIDATOR_FAILED,

        /** The policy needs something that whoever serves it has not got. */
        NOT_SERVED
    }
}
