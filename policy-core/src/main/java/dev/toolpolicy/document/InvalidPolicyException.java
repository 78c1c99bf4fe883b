package dev.toolpolicy.document;

import java.util.List;

/** A document was used as a policy and is none. The message is the rendered report. */
public final class InvalidPolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    InvalidPolicyException(ParseResult.Rejected rejected) {
        super(rejected.report());
        this.problems = rejected.problems();
    }

    /** Everything that is wrong with the document, sorted by place. */
    public List<Problem> problems() {
        return problems;
    }
}
