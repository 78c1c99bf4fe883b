package dev.toolpolicy.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The shortest decimal of a binary number is what a search among all decimals finds, of every length from one digit up. */
final class ShortestSearchTest {
    /** With one digit more each time, until it reads back; of those in the middle the even one. */
    private static BigDecimal searched(BigDecimal exact, Predicate<BigDecimal> readsBack) {
        for (int digits = 1; ; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            BigDecimal step = new BigDecimal(BigInteger.ONE, rounded.scale());
            BigDecimal best = null;
            // The nearest first; a number by a power of two may read back on its farther side only.
            for (BigDecimal near : new BigDecimal[] {rounded, rounded.add(step), rounded.subtract(step)}) {
                boolean nearer = best == null || distance(near, exact).compareTo(distance(best, exact)) < 0;
                if (nearer && readsBack.test(near)) best = near;
            }
            if (best != null) return best;
        }
    }

    private static BigDecimal distance(BigDecimal a, BigDecimal b) {
        return a.subtract(b).abs();
    }

    private static void assertShortest(double value) {
        BigDecimal found = ShortestDecimal.of(value);
        BigDecimal searched = searched(new BigDecimal(value), d -> Double.parseDouble(d.toString()) == value);
        assertThat(found).as("%s", value).isEqualByComparingTo(searched);
        // From JDK 19 on, it prints the same; but two digits at least.
        if (Runtime.version().feature() >= 19 && found.stripTrailingZeros().precision() > 1) {
            assertThat(found).isEqualByComparingTo(Double.toString(value));
        }
    }

    private static void assertShortest(float value) {
        BigDecimal found = ShortestDecimal.of(value);
        BigDecimal searched = searched(new BigDecimal(value), d -> Float.parseFloat(d.toString()) == value);
        assertThat(found).as("%s", value).isEqualByComparingTo(searched);
        if (Runtime.version().feature() >= 19 && found.stripTrailingZeros().precision() > 1) {
            assertThat(found).isEqualByComparingTo(Float.toString(value));
        }
    }

    @Test
    void atTheEdgesOfDoublesAndFloats() {
        for (int exponent = -1074; exponent <= 1023; exponent++) {
            double power = Math.scalb(1.0, exponent);
            for (double value : new double[] {power, Math.nextDown(power), -Math.nextUp(power)}) {
                if (value != 0) assertShortest(value);
            }
            float small = Math.scalb(1f, exponent);
            if (small == 0 || Float.isInfinite(small)) continue;
            for (float value : new float[] {small, Math.nextUp(small), -small}) assertShortest(value);
            if (Math.nextDown(small) != 0) assertShortest(Math.nextDown(small));
        }
        for (int i = -323; i <= 308; i++) {
            for (int digit = 1; digit < 10; digit += 4) {
                double value = Double.parseDouble(digit + "e" + i);
                if (Double.isFinite(value)) assertShortest(value);
                if (Double.isFinite(value)) assertShortest(Math.nextUp(value));
            }
        }
        for (double value : new double[] {
            Double.MAX_VALUE, Double.MIN_NORMAL, 0x1p53, 0x1p53 + 2, 1e21, 1e22, Double.parseDouble("1e23"), 2e-3
        }) assertShortest(value);
        assertThat(ShortestDecimal.of(0.0)).isEqualByComparingTo("0");
        assertThat(ShortestDecimal.of(-0.0)).isEqualByComparingTo("0");
    }

    @Test
    void ofTheSmallest() {
        for (int times = 1; times <= 1_000; times++) {
            assertShortest(times * Double.MIN_VALUE);
            assertShortest(-times * Double.MIN_VALUE);
            assertShortest(times * Float.MIN_VALUE);
        }
    }

    @Test
    void ofDoublesByChance() {
        SplittableRandom random = new SplittableRandom(12);
        for (int i = 0; i < 25_000; i++) {
            double bits = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(bits) && bits != 0) assertReadsBackAndIsShortest(bits);
            assertReadsBackAndIsShortest(Double.longBitsToDouble(random.nextLong(1, 1L << 52)));
            for (int n = 0; n < 3; n++) {
                assertReadsBackAndIsShortest(random.nextInt(1, 10_000_000) / 100.0);
                assertReadsBackAndIsShortest(random.nextDouble() + Double.MIN_NORMAL);
            }
        }
    }

    /** Quicker than the search, for many: none with a digit less reads back, and no neighbour of as many digits is nearer. */
    private static void assertReadsBackAndIsShortest(double value) {
        BigDecimal found = ShortestDecimal.of(value).stripTrailingZeros();
        if (Double.parseDouble(found.toString()) != value) throw new AssertionError(value + " became " + found);
        BigDecimal exact = new BigDecimal(value).round(MathContext.DECIMAL128);
        BigDecimal step = new BigDecimal(BigInteger.ONE, found.scale());
        for (BigDecimal near : new BigDecimal[] {found.add(step), found.subtract(step)}) {
            boolean nearer = distance(near, exact).compareTo(distance(found, exact)) < 0;
            if (nearer && Double.parseDouble(near.toString()) == value)
                throw new AssertionError(value + ": nearer is " + near);
        }
        if (found.precision() == 1) return;
        BigDecimal ten = step.movePointRight(1);
        BigDecimal below = found.divideToIntegralValue(ten).multiply(ten);
        for (BigDecimal shorter : new BigDecimal[] {below, below.add(ten), below.subtract(ten)}) {
            if (Double.parseDouble(shorter.toString()) == value)
                throw new AssertionError(value + ": shorter is " + shorter);
        }
    }

    @Test
    void ofFloatsByChance() {
        SplittableRandom random = new SplittableRandom(13);
        for (int i = 0; i < 20_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value) && value != 0) assertShortest(value);
        }
    }

    @Test
    void whatWasReadFromAShortTextIsThatTextAgain() {
        SplittableRandom random = new SplittableRandom(14);
        for (int i = 0; i < 50_000; i++) {
            // Fifteen digits survive a double, six a float.
            BigDecimal written =
                    BigDecimal.valueOf(random.nextLong(1, 1_000_000_000_000_000L), random.nextInt(-250, 300));
            if (ShortestDecimal.of(written.doubleValue()).compareTo(written) != 0) throw new AssertionError(written);
            BigDecimal small = BigDecimal.valueOf(random.nextInt(1, 1_000_000), random.nextInt(-30, 36));
            if (ShortestDecimal.of(small.floatValue()).compareTo(small) != 0) throw new AssertionError(small);
        }
    }
}
