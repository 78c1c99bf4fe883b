package dev.toolpolicy;

import java.util.Arrays;

/**
 * The search for a legal name that two patterns match: row by row, how long a name is at least of which the first {@code i}
 * characters of one pattern and the first {@code j} of the other are used up.
 *
 * <p>A thousand patterns make half a million pairs, so what cannot end within a legal name is not followed: most rows have few
 * places that are alive, and many pairs have none after a few rows.
 */
final class SharedName {
    private static final int NEVER = Integer.MAX_VALUE / 2;

    private final char[] a;
    private final char[] b;
    private final int[] leftOfA;
    private final int[] leftOfB;
    private int[] row;
    private int[] below;
    /** Between which places the row below is alive. */
    private int first;

    private int last;

    private SharedName(String one, String other) {
        a = one.toCharArray();
        b = other.toCharArray();
        leftOfA = literalsFrom(a);
        leftOfB = literalsFrom(b);
        row = new int[b.length + 1];
        below = new int[b.length + 1];
        Arrays.fill(below, NEVER);
        reach(0, 0);
    }

    static boolean exists(String one, String other) {
        SharedName search = new SharedName(one, other);
        for (int i = 0; i <= search.a.length; i++) {
            if (!search.nextRow(i)) return false;
        }
        return search.row[search.b.length] <= ToolPattern.MAX_LENGTH;
    }

    /** False if no place of this row can be reached. */
    private boolean nextRow(int i) {
        int[] free = row;
        row = below;
        below = free;
        Arrays.fill(below, NEVER);
        int end = last;
        int j = first;
        first = NEVER;
        last = -1;
        boolean starA = i < a.length && a[i] == '*';
        boolean letterA = i < a.length && a[i] != '*';
        for (; j <= end; j++) {
            int length = row[j];
            if (length + Math.max(leftOfA[i], leftOfB[j]) > ToolPattern.MAX_LENGTH) continue;
            boolean starB = j < b.length && b[j] == '*';
            boolean letterB = j < b.length && b[j] != '*';
            if (starB || (starA && letterB)) {
                row[j + 1] = Math.min(row[j + 1], starB ? length : length + 1);
                end = Math.max(end, j + 1);
            }
            if (starA) reach(j, length);
            if (starB && letterA) reach(j, length + 1);
            if (letterA && letterB && a[i] == b[j]) reach(j + 1, length + 1);
        }
        return i == a.length || last >= 0;
    }

    private void reach(int j, int length) {
        below[j] = Math.min(below[j], length);
        first = Math.min(first, j);
        last = Math.max(last, j);
    }

    /** By place, how many literal characters stand there or later. */
    private static int[] literalsFrom(char[] pattern) {
        int[] left = new int[pattern.length + 1];
        for (int i = pattern.length - 1; i >= 0; i--) left[i] = left[i + 1] + (pattern[i] == '*' ? 0 : 1);
        return left;
    }
}
