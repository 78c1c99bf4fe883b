package dev.toolpolicy;

/**
 * Tells quickly of two patterns whether some text is matched by both, however long it is. It walks both as automata at once, and
 * keeps the places reached in the one as bits: a thousand patterns make half a million pairs.
 */
final class PatternOverlap {
    private static final int WORDS = 3;
    private static final int CHARS = 128;

    private final String pattern;
    /** By character: where in the pattern it stands. */
    private final long[][] places = new long[CHARS][];

    private final long[] stars = new long[WORDS];

    /** A pattern of at most 128 characters; one star after another is one star. */
    PatternOverlap(ToolPattern toolPattern) {
        pattern = collapsed(toolPattern.text());
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*') set(stars, i);
            else {
                if (places[c] == null) places[c] = new long[WORDS];
                set(places[c], i);
            }
        }
    }

    private static String collapsed(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            boolean again = text.charAt(i) == '*' && i > 0 && text.charAt(i - 1) == '*';
            if (!again) out.append(text.charAt(i));
        }
        return out.toString();
    }

    /** Whether some text is matched by both. */
    boolean with(PatternOverlap other) {
        long[] reached = {1, 0, 0};
        passStars(reached);
        for (int j = 0; j < other.pattern.length(); j++) {
            char c = other.pattern.charAt(j);
            if (c == '*') reachAllBeyond(reached);
            else step(reached, c);
            if ((reached[0] | reached[1] | reached[2]) == 0) return false;
        }
        return (reached[pattern.length() >> 6] >>> pattern.length() & 1) != 0;
    }

    /** One more character: past where it stands, or along with a star. */
    private void step(long[] reached, char c) {
        long[] here = places[c];
        long carry = 0;
        for (int w = 0; w < WORDS; w++) {
            long taken = here == null ? 0 : reached[w] & here[w];
            reached[w] = (reached[w] & stars[w]) | (taken << 1) | carry;
            carry = taken >>> 63;
        }
        passStars(reached);
    }

    /** A star may stand for nothing. */
    private void passStars(long[] reached) {
        long carry = 0;
        for (int w = 0; w < WORDS; w++) {
            long passed = reached[w] & stars[w];
            reached[w] |= (passed << 1) | carry;
            carry = passed >>> 63;
        }
    }

    /** The other's star goes along with whatever comes. */
    private static void reachAllBeyond(long[] reached) {
        boolean begun = false;
        for (int w = 0; w < WORDS; w++) {
            if (begun) reached[w] = -1;
            else if (reached[w] != 0) {
                reached[w] |= -Long.lowestOneBit(reached[w]);
                begun = true;
            }
        }
    }

    private static void set(long[] bits, int index) {
        bits[index >> 6] |= 1L << index;
    }
}
