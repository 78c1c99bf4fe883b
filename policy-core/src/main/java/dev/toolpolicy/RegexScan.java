package dev.toolpolicy;

/**
 * What can be told of a pattern without compiling it: how deep its groups are nested, about how many steps it takes, and the
 * first group that names the flags {@code m} or {@code s}.
 */
final class RegexScan {
    private static final int DEEPEST = 1_000;
    private static final long LARGEST = 1L << 40;

    private final String pattern;
    private int at;
    private int depth;
    private int nesting;
    private String bannedFlags = "";
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
        return total;
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
                at++;
                atom(1);
            }
        }
    }

    private void escape() {
        if (pattern.startsWith("\\Q", at)) {
            int end = pattern.indexOf("\\E", at + 2);
            int stop = end < 0 ? pattern.length() : end;
            add(stop - at);
            atom(1);
            at = Math.min(pattern.length(), stop + 2);
            return;
        }
        at += 2;
        atom(1);
    }

    private void characterClass() {
        int i = at + 1;
        if (i < pattern.length() && pattern.charAt(i) == '^') i++;
        // A bracket that comes first stands for itself.
        if (i < pattern.length() && pattern.charAt(i) == ']') i++;
        while (i < pattern.length() && pattern.charAt(i) != ']') {
            int named = pattern.startsWith("[:", i) ? pattern.indexOf(":]", i) : -1;
            if (named > 0) i = named + 2;
            else i += pattern.charAt(i) == '\\' ? 2 : 1;
        }
        at = Math.min(pattern.length(), i + 1);
        atom(1);
    }

    private void open() {
        int flags = at + 2;
        if (pattern.startsWith("(?", at)) {
            int end = flags;
            while (end < pattern.length() && "imsU-".indexOf(pattern.charAt(end)) >= 0) end++;
            String named = pattern.substring(flags, end);
            boolean isFlagGroup = end < pattern.length() && (pattern.charAt(end) == ')' || pattern.charAt(end) == ':');
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
