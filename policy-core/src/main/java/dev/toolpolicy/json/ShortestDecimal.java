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
    /** Of decimals with so many digits, no two read back as one number, unless it is subnormal. */
    private static final int DOUBLE_DIGITS = 15;

    private static final int FLOAT_DIGITS = 6;

    /** No number lies so near the middle between two short decimals that more digits would tell on which side. */
    private static final MathContext ENOUGH = new MathContext(64, RoundingMode.DOWN);

    private ShortestDecimal() {}

    static BigDecimal of(double value) {
        BigDecimal printed = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        boolean only = printed.precision() <= DOUBLE_DIGITS && Math.abs(value) >= Double.MIN_NORMAL;
        return only ? printed : shortest(new BigDecimal(value), printed, d -> d.doubleValue() == value);
    }

    static BigDecimal of(float value) {
        BigDecimal printed = new BigDecimal(Float.toString(value)).stripTrailingZeros();
        boolean only = printed.precision() <= FLOAT_DIGITS && Math.abs(value) >= Float.MIN_NORMAL;
        return only ? printed : shortest(new BigDecimal(value), printed, d -> d.floatValue() == value);
    }

    /** Shortens what the platform printed, which reads back but may have a digit too many or not be the nearest. */
    private static BigDecimal shortest(BigDecimal exact, BigDecimal printed, Predicate<BigDecimal> readsBack) {
        BigDecimal best = printed;
        BigDecimal near = exact.round(ENOUGH);
        for (int digits = best.precision(); digits > 0; digits--) {
            BigDecimal nearest = nearest(near, digits, readsBack);
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
        // In the middle, the even one: so do JavaScript, and the platform since JDK 19.
        if (fitsBelow && fitsAbove) return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        return fitsBelow ? below : fitsAbove ? above : null;
    }
}
