package dev.toolpolicy.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document was used as a policy and is none. The message is the rendered report. */
public final class InvalidPolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Lost where an exception is sent elsewhere: the message has them all. */
    private final transient @Nullable List<Problem> problems;

    InvalidPolicyException(ParseResult.Rejected rejected) {
        super(rejected.report());
        this.problems = rejected.problems();
    }

    /** Everything that is wrong with the document, sorted by place; empty in an exception that was serialized. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }
}
