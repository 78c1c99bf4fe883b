package dev.toolpolicy.regex;

/**
 * What can be told of a pattern without compiling it: how deep its groups are nested, about how many steps it takes, the first
 * group that names the flags {@code m} or {@code s}, and whether compiling it would ever end.
 */
final class RegexScan {
    private static final int DEEPEST = 1_000;
    private static final long LARGEST = 1L << 40;
    /**
     * Old Cyrillic letters that have no way back from their upper case. RE2/J goes from case to case until it is back where it
     * began, and so it never ends (google/re2j#168). A test looks through all of Unicode for others.
     */
    private static final int ENDLESS_FIRST = 0x1C80;

    private static final int ENDLESS_LAST = 0x1C88;
    private static final int LAST_FOLDED = 0x1044F;
    /** So many letters of a range are folded in about the time that one step is compiled. */
    private static final int FOLDED_PER_STEP = 8;
    /** What the largest of Unicode's classes, written out as ranges, take up. */
    private static final int STEPS_PER_TABLE = 100;

    private static final int NO_CHARACTER = -1;

    private final String pattern;
    private int at;
    private int depth;
    private int nesting;
    private String bannedFlags = "";
    /** Whether a group names the flag {@code i}; from where on it holds does not matter here. */
    private boolean foldsCase;

    private boolean hasEndless;
    private long inRanges;
    private int tables;
    /** By depth: the steps of the sequence so far, and of its last part, which a repeat multiplies. */
    private final long[] sum = new long[DEEPEST + 1];

    private final long[] last = new long[DEEPEST + 1];

    private RegexScan(String pattern) {
        this.pattern = pattern;
    }

    static RegexScan of(String pattern) {
        RegexScan scan = new RegexScan(pattern);
        while (scan.at < pattern.length()) scan.step();
        return scan;
    }

    int nesting() {
        return nesting;
    }

    long size() {
        long total = 0;
        for (int i = 0; i <= depth; i++) total += sum[i];
        total += (long) tables * STEPS_PER_TABLE;
        return foldsCase ? total + inRanges / FOLDED_PER_STEP : total;
    }

    /** Whether RE2/J would not end compiling it: case is ignored, and there is a letter whose cases form no circle. */
    boolean foldsEndlessly() {
        return foldsCase && hasEndless;
    }

    String bannedFlags() {
        return bannedFlags;
    }

    private void step() {
        char c = pattern.charAt(at);
        switch (c) {
            case '\\' -> escape();
            case '[' -> characterClass();
            case '(' -> open();
            case ')' -> close();
            case '{' -> repeat();
            case '*', '+', '?' -> {
                at++;
                add(1);
            }
            default -> {
                range(c, c);
                at++;
                atom(1);
            }
        }
    }

    private void escape() {
        if (pattern.startsWith("\\Q", at)) {
            int end = pattern.indexOf("\\E", at + 2);
            int stop = end < 0 ? pattern.length() : end;
            for (int i = at; i < stop; i++) range(pattern.charAt(i), pattern.charAt(i));
            add(stop - at);
            atom(1);
            at = Math.min(pattern.length(), stop + 2);
            return;
        }
        int escaped = character();
        range(escaped, escaped);
        atom(1);
    }

    /** Takes one character, or one escape; {@link #NO_CHARACTER} if that stands for several. */
    private int character() {
        int c = pattern.codePointAt(at);
        at += Character.charCount(c);
        if (c != '\\' || at >= pattern.length()) return c;
        char kind = pattern.charAt(at++);
        if ("pP".indexOf(kind) >= 0) tables++;
        int brace = "xpP".indexOf(kind) >= 0 && pattern.startsWith("{", at) ? pattern.indexOf('}', at) : -1;
        if (brace < 0) {
            if ("pP".indexOf(kind) >= 0) at = Math.min(pattern.length(), at + 1);
            // Each other escape is a class, the character itself, or one that lies far below those that matter here.
            return "dDsSwWpP".indexOf(kind) >= 0 ? NO_CHARACTER : kind;
        }
        String braced = pattern.substring(at + 1, brace);
        at = brace + 1;
        if (kind != 'x') return NO_CHARACTER;
        return braced.matches("0*[0-9A-Fa-f]{1,6}") ? Integer.parseInt(braced, 16) : 0;
    }

    private void range(int low, int high) {
        if (low == NO_CHARACTER || high == NO_CHARACTER) return;
        // All letters that have cases: RE2/J need not fold any.
        if (low <= 'A' && high >= LAST_FOLDED) return;
        hasEndless |= low <= ENDLESS_LAST && high >= ENDLESS_FIRST;
        inRanges += Math.max(0, Math.min(high, LAST_FOLDED) - low);
    }

    private void characterClass() {
        int i = at + 1;
        if (i < pattern.length() && pattern.charAt(i) == '^') i++;
        // A bracket that comes first stands for itself.
        if (i < pattern.length() && pattern.charAt(i) == ']') i = member(i);
        while (i < pattern.length() && pattern.charAt(i) != ']') {
            int named = pattern.startsWith("[:", i) ? pattern.indexOf(":]", i) : -1;
            i = named > 0 ? named + 2 : member(i);
        }
        at = Math.min(pattern.length(), i + 1);
        atom(1);
    }

    /** A character of a class, or a range of them; what it gives is where the next one begins. */
    private int member(int start) {
        at = start;
        int low = character();
        int high = low;
        boolean dash = at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']';
        // After a class a dash is a dash.
        if (dash && low != NO_CHARACTER) {
            at++;
            high = character();
        }
        range(low, high);
        return at;
    }

    private void open() {
        int flags = at + 2;
        if (pattern.startsWith("(?", at)) {
            int end = flags;
            while (end < pattern.length() && "imsU-".indexOf(pattern.charAt(end)) >= 0) end++;
            String named = pattern.substring(flags, end);
            boolean isFlagGroup = end < pattern.length() && (pattern.charAt(end) == ')' || pattern.charAt(end) == ':');
            foldsCase |= isFlagGroup && named.indexOf('i') >= 0;
            if (isFlagGroup && bannedFlags.isEmpty() && (named.indexOf('m') >= 0 || named.indexOf('s') >= 0)) {
                bannedFlags = pattern.substring(at, end + 1);
            }
        }
        at++;
        depth = Math.min(DEEPEST, depth + 1);
        nesting = Math.max(nesting, depth);
        sum[depth] = 0;
        last[depth] = 0;
    }

    private void close() {
        at++;
        if (depth == 0) return;
        long inner = sum[depth] + 2;
        depth--;
        atom(inner);
    }

    private void repeat() {
        int end = pattern.indexOf('}', at);
        String range = end < 0 ? "" : pattern.substring(at + 1, end);
        if (!range.matches("[0-9]{1,4}(,([0-9]{1,4})?)?")) {
            at++;
            atom(1);
            return;
        }
        long times = 1;
        for (String bound : range.split(",", -1)) {
            if (!bound.isEmpty()) times = Math.max(times, Long.parseLong(bound));
        }
        at = end + 1;
        long repeated = Math.min(LARGEST, (last[depth] + 1) * times);
        sum[depth] = Math.min(LARGEST, sum[depth] - last[depth] + repeated);
        last[depth] = repeated;
    }

    private void atom(long size) {
        last[depth] = size;
        add(size);
    }

    private void add(long size) {
        sum[depth] = Math.min(LARGEST, sum[depth] + size);
    }
}
