package dev.toolpolicy.testing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;

/**
 * How many points are covered, of how many.
 *
 * @param covered of those that count
 * @param total those that count
 */
record Tally(int covered, int total) {
    static Tally of(Collection<Point> points) {
        int covered = 0;
        int total = 0;
        for (Point point : points) {
            if (!point.counted()) continue;
            total++;
            if (point.covered()) covered++;
        }
        return new Tally(covered, total);
    }

    /** 100.0 only if all are covered; of nothing, nothing is covered. */
    double percent() {
        return total == 0 ? 0 : 100.0 * covered / total;
    }

    /** Rounded down, so that what is not all is not shown as all. */
    String shown() {
        return rounded() + " %";
    }

    /** The same, as the width of a bar. */
    String width() {
        return rounded() + "%";
    }

    private String rounded() {
        BigDecimal percent = total == 0
                ? BigDecimal.ZERO.setScale(1)
                : BigDecimal.valueOf(100L * covered).divide(BigDecimal.valueOf(total), 1, RoundingMode.DOWN);
        return percent.toPlainString();
    }
}
