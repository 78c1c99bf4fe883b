package dev.toolpolicy.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The shortest decimal that reads back as a binary number, and of several the nearest: what the number was in the JSON that it
 * most likely came from. {@code Double.toString} gives it since JDK 19 only.
 */
final class ShortestDecimal {
    private ShortestDecimal() {}

    static BigDecimal of(double value) {
        if (!Double.isFinite(value)) throw new IllegalArgumentException("found a number that is not finite");
        return shortest(new BigDecimal(value), new BigDecimal(Double.toString(value)), d -> d.doubleValue() == value);
    }

    static BigDecimal of(float value) {
        if (!Float.isFinite(value)) throw new IllegalArgumentException("found a number that is not finite");
        return shortest(new BigDecimal(value), new BigDecimal(Float.toString(value)), d -> d.floatValue() == value);
    }

    /** Shortens what the platform printed, which reads back but may have a digit too many or not be the nearest. */
    private static BigDecimal shortest(BigDecimal exact, BigDecimal printed, Predicate<BigDecimal> readsBack) {
        BigDecimal best = printed.stripTrailingZeros();
        for (int digits = best.precision(); digits > 0; digits--) {
            BigDecimal nearest = nearest(exact, digits, readsBack);
            if (nearest == null) return best;
            best = nearest;
        }
        return best;
    }

    private static @Nullable BigDecimal nearest(BigDecimal exact, int digits, Predicate<BigDecimal> readsBack) {
        BigDecimal below = exact.round(new MathContext(digits, RoundingMode.FLOOR));
        BigDecimal above = exact.round(new MathContext(digits, RoundingMode.CEILING));
        boolean fitsBelow = readsBack.test(below);
        boolean fitsAbove = readsBack.test(above);
        if (fitsBelow && fitsAbove) {
            return exact.subtract(below).compareTo(above.subtract(exact)) <= 0 ? below : above;
        }
        return fitsBelow ? below : fitsAbove ? above : null;
    }
}
