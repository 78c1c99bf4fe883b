package dev.toolpolicy.testing;

import java.util.Collection;

/** How much of what stands at a place is exercised; each has a sign, for colour alone does not reach everybody. */
enum Status {
    FULL("✓", "full", "exercised"),
    PART("◐", "part", "partly exercised"),
    NONE("✗", "none", "never exercised");

    private final String sign;
    private final String style;
    private final String words;

    Status(String sign, String style, String words) {
        this.sign = sign;
        this.style = style;
        this.words = words;
    }

    static Status of(Collection<Point> points) {
        return of(Tally.of(points));
    }

    static Status of(Tally tally) {
        if (tally.covered() == 0) return NONE;
        return tally.covered() == tally.total() ? FULL : PART;
    }

    String sign() {
        return sign;
    }

    /** The class that styles it. */
    String style() {
        return style;
    }

    String words() {
        return words;
    }
}
