package dev.toolpolicy.jsonschema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The decoder of RFC 3492, for one label of a host name in lower case. */
final class Punycode {
    private static final int BASE = 36;
    private static final int LEAST_THRESHOLD = 1;
    private static final int MOST_THRESHOLD = 26;

    private Punycode() {}

    /** The code points; empty unless an encoder makes exactly this text of them. */
    static Optional<int[]> decode(String text) {
        int delimiter = text.lastIndexOf('-');
        // An encoder writes no delimiter after nothing; all else that can be decoded has one spelling.
        if (delimiter == 0) return Optional.empty();
        List<Integer> points = new ArrayList<>();
        for (int i = 0; i < delimiter; i++) points.add((int) text.charAt(i));
        int at = delimiter + 1;
        int point = 0x80;
        int bias = 72;
        int index = 0;
        while (at < text.length()) {
            long delta = 0;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = at < text.length() ? digit(text.charAt(at++)) : -1;
                if (digit < 0) return Optional.empty();
                delta += digit * weight;
                if (delta > Integer.MAX_VALUE) return Optional.empty();
                int threshold = threshold(k, bias);
                if (digit < threshold) break;
                weight *= BASE - threshold;
            }
            int size = points.size() + 1;
            bias = bias(delta, size, index == 0);
            long position = index + delta;
            long next = point + position / size;
            if (next > Character.MAX_CODE_POINT) return Optional.empty();
            point = (int) next;
            index = (int) (position % size);
            points.add(index++, point);
        }
        return Optional.of(points.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int threshold(int k, int bias) {
        return Math.max(LEAST_THRESHOLD, Math.min(MOST_THRESHOLD, k - bias));
    }

    private static int digit(char c) {
        if (c >= 'a' && c <= 'z') return c - 'a';
        return Ascii.isDigit(c) ? c - '0' + 26 : -1;
    }

    private static int bias(long delta, int size, boolean first) {
        long left = first ? delta / 700 : delta / 2;
        left += left / size;
        int k = 0;
        while (left > (BASE - LEAST_THRESHOLD) * MOST_THRESHOLD / 2) {
            left /= BASE - LEAST_THRESHOLD;
            k += BASE;
        }
        return k + (int) ((BASE - LEAST_THRESHOLD + 1) * left / (left + 38));
    }
}
