package dev.toolpolicy;

/**
 * A tool pattern as an automaton whose states are bits: it takes as many steps as the name has characters, whatever the pattern.
 * State {@code j} is that the first {@code j} literal characters are used up; a pattern with a star has 127 at most, so that two
 * words hold them all.
 *
 * <p>All fields are final: threads find it made by others, and no lock says that it was done.
 */
final class NameMatcher {
    private static final int CHARS = 128;
    private static final int WORD = 64;

    private final boolean folded;
    /** By character: which literals it is. */
    private final long[] low = new long[CHARS];

    private final long[] high = new long[CHARS];
    /** Before which literals a star stands, so that any character may pass. */
    private final long lowStars;

    private final long highStars;
    private final int literals;

    /** @param folded whether letter case and the choice among {@code _}, {@code .} and {@code -} do not matter */
    NameMatcher(String pattern, boolean folded) {
        this.folded = folded;
        int literal = 0;
        long starsBelow = 0;
        long starsAbove = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            long bit = 1L << (literal % WORD);
            if (c == '*') {
                if (literal < WORD) starsBelow |= bit;
                else starsAbove |= bit;
                continue;
            }
            char as = folded ? ToolPattern.folded(c) : c;
            if (literal < WORD) low[as] |= bit;
            else high[as] |= bit;
            literal++;
        }
        lowStars = starsBelow;
        highStars = starsAbove;
        literals = literal;
    }

    boolean matches(String name) {
        if (name.length() < literals) return false;
        long lowStates = 1;
        long highStates = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = folded ? ToolPattern.folded(name.charAt(i)) : name.charAt(i);
            if (c >= CHARS) return false;
            long taken = lowStates & low[c];
            highStates = (highStates & highStars) | ((highStates & high[c]) << 1) | (taken >>> (WORD - 1));
            lowStates = (lowStates & lowStars) | (taken << 1);
            if ((lowStates | highStates) == 0) return false;
        }
        return ((literals < WORD ? lowStates : highStates) >>> (literals % WORD) & 1) != 0;
    }
}
