package dev.toolpolicy.json;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The shortest decimal that reads back as a binary number, and of several the nearest: what the number was in the JSON that it
 * most likely came from. {@code Double.toString} gives it since JDK 19 only, Jackson on every one, but both with two digits at least.
 */
final class ShortestDecimal {
    /** No number lies so near the middle between two short decimals that more digits would tell on which side. */
    private static final MathContext ENOUGH = new MathContext(64, RoundingMode.DOWN);

    private static final MathContext ONE_DIGIT = new MathContext(1, RoundingMode.HALF_EVEN);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal SMALLEST_DOUBLE = new BigDecimal(Double.MIN_VALUE).round(ENOUGH);
    private static final BigDecimal SMALLEST_FLOAT = new BigDecimal(Float.MIN_VALUE).round(ENOUGH);

    private ShortestDecimal() {}

    static BigDecimal of(double value) {
        BigDecimal printed = new BigDecimal(NumberOutput.toString(value, true)).stripTrailingZeros();
        return Math.abs(value) >= Double.MIN_NORMAL
                ? printed
                : shortened(printed, value / Double.MIN_VALUE, SMALLEST_DOUBLE);
    }

    static BigDecimal of(float value) {
        BigDecimal printed = new BigDecimal(NumberOutput.toString(value, true)).stripTrailingZeros();
        return Math.abs(value) >= Float.MIN_NORMAL
                ? printed
                : shortened(printed, value / Float.MIN_VALUE, SMALLEST_FLOAT);
    }

    /** Of numbers that are so many times the smallest, and only of these, one digit may do where two were printed. */
    private static BigDecimal shortened(BigDecimal printed, double times, BigDecimal smallest) {
        if (printed.precision() != 2) return printed;
        BigDecimal exact = smallest.multiply(BigDecimal.valueOf((long) times));
        BigDecimal nearest = exact.round(ONE_DIGIT);
        // They lie apart by the smallest, so what is nearer than half of it reads back.
        boolean readsBack = nearest.subtract(exact).abs().multiply(TWO).compareTo(smallest) < 0;
        return readsBack ? nearest : printed;
    }
}
