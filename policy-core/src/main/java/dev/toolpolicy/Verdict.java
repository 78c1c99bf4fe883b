package dev.toolpolicy;

/**
 * What a condition says of a call, and how several are read as one: the whole logic of the combinations, and nothing else.
 *
 * <p>What cannot be judged, and what is not there, are not false: that is what keeps an odd argument from slipping past a rule.
 */
enum Verdict {
    TRUE,
    FALSE,
    /** What is there is of a type that cannot be judged. */
    UNDECIDABLE,
    /** Nothing is there. */
    MISSING;

    static Verdict of(boolean holds) {
        return holds ? TRUE : FALSE;
    }

    /** True and false turned around; what is neither stays. */
    Verdict not() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            default -> this;
        };
    }

    /** Both: false if either is, else undecidable if either is, else missing if either is, else true. */
    Verdict and(Verdict other) {
        if (this == FALSE || other == FALSE) return FALSE;
        return doubtOr(other, TRUE);
    }

    /** Either: true if either is, else undecidable if either is, else missing if either is, else false. */
    Verdict or(Verdict other) {
        if (this == TRUE || other == TRUE) return TRUE;
        return doubtOr(other, FALSE);
    }

    private Verdict doubtOr(Verdict other, Verdict otherwise) {
        if (this == UNDECIDABLE || other == UNDECIDABLE) return UNDECIDABLE;
        if (this == MISSING || other == MISSING) return MISSING;
        return otherwise;
    }
}
