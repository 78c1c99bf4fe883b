package dev.toolpolicy.analysis;

/** Sets of what a condition can say, as bits: true, false, undecidable, missing. */
final class Says {
    static final int NOTHING = 0;
    static final int TRUE = 1;
    static final int FALSE = 2;
    static final int UNDECIDABLE = 4;
    static final int MISSING = 8;
    static final int ANYTHING = TRUE | FALSE | UNDECIDABLE | MISSING;
    static final int NOT_TRUE = ANYTHING & ~TRUE;
    static final int NOT_FALSE = ANYTHING & ~FALSE;

    private Says() {}

    static int of(boolean holds) {
        return holds ? TRUE : FALSE;
    }

    /** The same below a {@code not}: true and false change places. */
    static int turned(int says) {
        return (says & (UNDECIDABLE | MISSING)) | (has(says, TRUE) ? FALSE : 0) | (has(says, FALSE) ? TRUE : 0);
    }

    /** Whether one of them is among the others. */
    static boolean has(int says, int some) {
        return (says & some) != 0;
    }
}
