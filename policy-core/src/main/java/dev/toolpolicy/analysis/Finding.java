package dev.toolpolicy.analysis;

import static dev.toolpolicy.analysis.Finding.Severity.ERROR;
import static dev.toolpolicy.analysis.Finding.Severity.NOTE;
import static dev.toolpolicy.analysis.Finding.Severity.WARNING;
import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * Something in a policy that is allowed, and probably not meant.
 *
 * @param code what sort of finding it is
 * @param pointer where in the document, as RFC 6901 spells it; {@code ""} is all of it
 * @param line the line where it stands, from 1
 * @param column the column, from 1: characters, whatever their width
 * @param message what was found, and what follows from it
 * @param hint what to do about it
 */
public record Finding(Code code, String pointer, int line, int column, String message, String hint)
        implements Comparable<Finding> {
    private static final Comparator<Finding> BY_POSITION = Comparator.comparingInt(Finding::line)
            .thenComparingInt(Finding::column)
            .thenComparing(Finding::pointer)
            .thenComparing(Finding::code)
            .thenComparing(Finding::message);

    public Finding {
        requireNonNull(code, "code");
        requireNonNull(pointer, "pointer");
        requireNonNull(message, "message");
        requireNonNull(hint, "hint");
        if (line < 1 || column < 1) throw new IllegalArgumentException("lines and columns are counted from 1");
    }

    /** How much it matters: the same for all findings of its code. */
    public Severity severity() {
        return code.severity();
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

    /** What sort of finding it is. Codes are stable: tests and tools may compare them. */
    public enum Code {
        /** An entry governs no call: {@code hide} hides every name that it matches. */
        ENTRY_HIDDEN(ERROR),
        /** Another pattern of the same list matches every name that this one does. */
        PATTERN_COVERED(ERROR),
        /** No call that could be allowed is one of these tools: they are denied, hidden or not listed. */
        NEVER_APPLIES(ERROR),
        /** Whatever this rule stops, another rule stops as well. */
        RULE_COVERED(ERROR),
        /** Every call that gets here is denied before it matters. */
        BEHIND_A_DENY(ERROR),
        /** The conditions can never all be true. */
        CONTRADICTION(ERROR),
        /** Two rules that apply to the same calls, of which no call passes both. */
        NOTHING_PASSES(ERROR),
        /** A condition holds of every call. */
        ALWAYS_HOLDS(ERROR),
        /** Another limit is spent whenever this one is. */
        LIMIT_COVERED(ERROR),
        /** A root of {@code path_within} is taken letter by letter, and reads as if it were not. */
        ODD_ROOT(ERROR),

        /** A {@code deny_if} that does not stop a call which leaves the argument out. */
        EVADED_BY_OMISSION(WARNING),
        /** A {@code regex} that lets a call through wherever in the text it is found. */
        UNANCHORED_REGEX(WARNING),
        /** A {@code (?i)} that lets more through than the letters that are written. */
        IGNORES_CASE(WARNING),
        /** A list of what is forbidden, where there are endless ways to write the same. */
        BLOCKLIST(WARNING),
        /** An entry that lacks what the pattern checks whose place it takes. */
        LOOSER_THAN_PATTERN(WARNING),
        /** A limit counted by session. */
        SESSION_LIMIT(WARNING),
        /** A {@code contains} that finds a piece of a word where an attribute is one string. */
        CONTAINS_OF_IDENTITY(WARNING),
        /** An amount that is free of charge where it is left out. */
        FREE_IF_MISSING(WARNING),
        /** A default that allows tools which change things. */
        ALLOWED_BY_DEFAULT(WARNING),
        /** A tool that runs or destroys things, without a limit or an approval. */
        UNLIMITED_TOOL(WARNING),
        /** An argument that is money, without a bound. */
        UNBOUNDED_MONEY(WARNING),
        /** A text that is spelt like a path into the call, and is compared as a text. */
        VALUE_LIKE_A_PATH(WARNING),
        /** A bound of a schema that holds for numbers only, where the argument may be something else. */
        SCHEMA_WITHOUT_TYPE(WARNING),
        /** A pattern of a schema that is found anywhere in the text. */
        SCHEMA_PATTERN_UNANCHORED(WARNING),

        /** A question that is asked of every call which leaves the argument out. */
        ASKS_IF_MISSING(NOTE),
        /** A tool denied by a rule without conditions. */
        DENIED_BY_EMPTY_RULE(NOTE),
        /** A pattern of a group that applies to no call that could be allowed, beside others that do. */
        PATTERN_IDLE(NOTE),
        /** A schema that lets through arguments which it does not name. */
        SCHEMA_IS_OPEN(NOTE),

        /** The server has no tool of this name. */
        UNKNOWN_TOOL(ERROR),
        /** No tool of the server has this argument. */
        UNKNOWN_ARGUMENT(ERROR),
        /** By the server's schema, no value of the argument could ever match. */
        NEVER_OF_THAT_TYPE(ERROR),
        /** The server has no tool that the pattern matches. */
        PATTERN_WITHOUT_TOOL(WARNING),
        /** A {@code deny_if}, or an approval rule, on an argument that the server fills in where it is left out. */
        SERVER_FILLS_IN(WARNING),
        /** Tools of the server that are left to {@code default: allow}. */
        TOOLS_LEFT_ALLOWED(WARNING),
        /** Tools of the server that are left to {@code default: deny}. */
        TOOLS_LEFT_DENIED(NOTE),
        /** A pattern of {@code hide} that matches no tool of the server. */
        HIDES_NOTHING(NOTE),
        /** A tool of the server whose name is none that can be called. */
        TOOL_CANNOT_BE_CALLED(NOTE);

        private final Severity severity;

        Code(Severity severity) {
            this.severity = severity;
        }

        /** How much it matters. */
        public Severity severity() {
            return severity;
        }
    }
}
