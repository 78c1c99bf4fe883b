package dev.toolpolicy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShortestDecimalTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1",
                "1e23",
                "2e23",
                "8.41e21",
                "5e-324",
                "1.7976931348623157e308",
                "2.2250738585072014e-308",
                "9007199254740992",
                "1e21",
                "1e22",
                "2e-3",
                "0.3",
                "0.30000000000000004",
                "1.1",
                "123456.789",
                "4.35",
                "9.5e-322",
                "2.0171e-318",
                "-1e23"
            })
    void aDoubleIsTheDecimalThatItWasReadFrom(String literal) {
        assertThat(ShortestDecimal.of(Double.parseDouble(literal))).isEqualByComparingTo(literal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1",
                "1e-45",
                "3.4028235e38",
                "1.1754944e-38",
                "16777216",
                "3.3554432e7",
                "8.5e9",
                "-0.3",
                "2e10"
            })
    void aFloatIsTheDecimalThatItWasReadFrom(String literal) {
        assertThat(ShortestDecimal.of(Float.parseFloat(literal))).isEqualByComparingTo(literal);
    }

    @Test
    void noShorterDecimalReadsBackAndNoneAsShortIsNearer() {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 10_000; i++) {
            // Every fourth is a power of two, below which the neighbours are nearer than above.
            long bits = random.nextLong() & (i % 4 == 0 ? 0xFFF0_0000_0000_0000L : -1L);
            double value = Double.longBitsToDouble(bits);
            if (!Double.isFinite(value) || value == 0) continue;
            BigDecimal shortest = ShortestDecimal.of(value);
            BigDecimal exact = new BigDecimal(value);
            int digits = shortest.stripTrailingZeros().precision();
            assertThat(shortest.doubleValue()).isEqualTo(value);
            for (RoundingMode mode : new RoundingMode[] {RoundingMode.FLOOR, RoundingMode.CEILING}) {
                BigDecimal asShort = exact.round(new MathContext(digits, mode));
                if (asShort.doubleValue() == value) {
                    assertThat(distance(exact, shortest)).isLessThanOrEqualTo(distance(exact, asShort));
                }
                if (digits > 1) {
                    double shorter =
                            exact.round(new MathContext(digits - 1, mode)).doubleValue();
                    assertThat(shorter).as("%s", shortest).isNotEqualTo(value);
                }
            }
        }
    }

    private static BigDecimal distance(BigDecimal one, BigDecimal other) {
        return one.subtract(other).abs();
    }

    @Test
    void whatIsNotFiniteHasNoDecimal() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> ShortestDecimal.of(value));
            assertThatIllegalArgumentException().isThrownBy(() -> ShortestDecimal.of((float) value));
        }
    }
}
