package dev.toolpolicy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers: exact, in one form, and in one spelling. */
final class JsonNumbersTest {
    @Test
    void aWholeNumberIsALongOrElseABigInteger() {
        assertNumber(0L, "0", "-0", "0.0", "-0.0e7", "0e-1000", "0e1000");
        assertNumber(1L, "1", "1.0", "1e0", "1E+0", "1.000e-0", "10e-1", "0.1e1", "100e-2", "1e0000");
        assertNumber(-120L, "-120", "-1.2e2", "-12E1", "-120.00", "-0.012e+4");
        assertNumber(Long.MAX_VALUE, "9223372036854775807", "9.223372036854775807e18");
        assertNumber(Long.MIN_VALUE, "-9223372036854775808", "-9223372036854775808.0");
        assertNumber(999_999_999_999_999_999L, "999999999999999999");
        assertNumber(-1_000_000_000_000_000_000L, "-1000000000000000000", "-1e18");
        assertNumber(new BigInteger("9223372036854775808"), "9223372036854775808", "9223372036854775808.0");
        assertNumber(new BigInteger("-9223372036854775809"), "-9223372036854775809");
        assertNumber(BigInteger.TEN.pow(1_000), "1e1000", "1.0e1000", "1000e997");
    }

    @Test
    void anyOtherNumberIsADecimalWithoutTrailingZeros() {
        assertNumber(new BigDecimal("0.1"), "0.1", "0.10", "1e-1", "10e-2", "0.01e1");
        assertNumber(new BigDecimal("-1.5"), "-1.5", "-15e-1", "-1.50");
        assertNumber(new BigDecimal("100.00000000000000001"), "100.00000000000000001");
        assertNumber(new BigDecimal("1E-1000"), "1e-1000");
    }

    private static void assertNumber(Number expected, String... literals) {
        for (String literal : literals)
            assertThat(Json.number(literal)).as(literal).hasValue(expected);
    }

    @Test
    void zerosAtTheBeginningDoNotCountAsDigits() {
        assertNumber(new BigDecimal("1e-1000"), "0." + "0".repeat(999) + "1");
        assertThat(Json.number("0." + "0".repeat(1_000) + "1")).isEmpty();
        assertThat(Json.number("0." + "0".repeat(1_000_000) + "1")).isEmpty();
    }

    @Test
    void aThousandDigitsAreReadAndNotOneMore() {
        for (String sign : List.of("", "-")) {
            for (String form : List.of("%s", "%s.5", "0.%s", "%se-7", "1.%se1")) {
                int others = form.replaceAll("e.*|[^1-9]", "").length();
                String fits = sign + form.replace("%s", "7".repeat(1_000 - others));
                assertThat(Json.number(fits)).as(form).isPresent();
                assertThat(Json.number(fits.replaceFirst("7", "77"))).as(form).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e1001",
                "1e-1001",
                "0e1001",
                "1E+0001001",
                "1e4294967297",
                "1e-18446744073709551617",
                "-1e99999999999"
            })
    void anExponentBeyondAThousandIsNotRead(String literal) {
        assertThat(Json.number(literal)).isEmpty();
        assertThat(Json.number(literal.replaceAll("[0-9]+$", "1000"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10e1000", "12e1000", "123e999", "0.1e-1000", "0.012e-999"})
    void theExponentOfTheValueIsBoundLikeTheWrittenOne(String literal) {
        assertThat(Json.number(literal)).isEmpty();
    }

    @Test
    void anExponentOfAMillionDigitsCostsNothing() {
        assertThat(Json.number("1e" + "9".repeat(1_000_000))).isEmpty();
        assertThat(Json.number("1e" + "0".repeat(1_000) + "1")).hasValue(10L);
    }

    @Test
    void everyNumberThatIsReadSurvivesItsCanonicalText() {
        SplittableRandom random = new SplittableRandom(4);
        int read = 0;
        for (int i = 0; i < 5_000; i++) {
            String literal = randomLiteral(random);
            Number number = Json.number(literal).orElse(null);
            if (number == null) continue;
            read++;
            String canonical = Json.canonical(number);
            assertThat(new BigDecimal(canonical)).as(literal).isEqualByComparingTo(new BigDecimal(literal));
            assertThat(Json.number(canonical))
                    .as("%s for %s", canonical, literal)
                    .hasValue(number);
            assertThat(FrozenJson.value(number)).isEqualTo(number);
        }
        assertThat(read).isGreaterThan(3_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "5",
                "25",
                "36893488147419103232",
                "1000000000000000000000000000000000000000000000000000000000000000001"
            })
    void zerosAreCountedHoweverManyThereAre(String digits) {
        for (int zeros = 0; digits.length() + zeros <= 1_001; zeros++) {
            int exponent = digits.length() + zeros - 1;
            String rest = digits.substring(1);
            String text = exponent <= 20
                    ? digits + "0".repeat(zeros)
                    : digits.charAt(0) + (rest.isEmpty() ? "" : "." + rest) + "e+" + exponent;
            assertThat(Json.canonical(new BigInteger(digits + "0".repeat(zeros))))
                    .isEqualTo(text);
            assertThat(Json.canonical(new BigInteger("-" + digits + "0".repeat(zeros))))
                    .isEqualTo("-" + text);
        }
    }

    /** Of every length, and with exponents that are often at the bounds. */
    private static String randomLiteral(SplittableRandom random) {
        StringBuilder literal = new StringBuilder(random.nextBoolean() ? "-" : "");
        int longest = random.nextBoolean() ? 4 : 999;
        literal.append(random.nextBoolean() ? "0" : "1" + digits(random, random.nextInt(longest)));
        if (random.nextBoolean()) literal.append('.').append(digits(random, 1 + random.nextInt(longest)));
        int exponent = random.nextInt(3) == 0 ? 1_000 - random.nextInt(8) : random.nextInt(30);
        if (random.nextBoolean()) literal.append('e').append(random.nextBoolean() ? exponent : -exponent);
        return literal.toString();
    }

    private static String digits(SplittableRandom random, int count) {
        StringBuilder digits = new StringBuilder();
        // Many zeros, for they are what layout is about.
        for (int i = 0; i < count; i++) digits.append(Math.max(0, random.nextInt(20) - 10));
        return digits.toString();
    }

    /** The examples of RFC 8785, appendix B, but for those that its numbers cannot tell apart. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "5e-324",
                "-5e-324",
                "1.7976931348623157e+308",
                "-1.7976931348623157e+308",
                "9007199254740992",
                "-9007199254740992",
                "295147905179352830000",
                "9.999999999999997e+22",
                "1e+23",
                "1.0000000000000001e+23",
                "999999999999999700000",
                "999999999999999900000",
                "1e+21",
                "9.999999999999997e-7",
                "0.000001",
                "333333333.3333332",
                "333333333.33333325",
                "333333333.3333333",
                "333333333.3333334",
                "333333333.33333343",
                "-0.0000033333333333333333",
                "1424953923781206.2",
                "100000000000000000000",
                "123456789012345680000"
            })
    void theCanonicalSpellingIsThatOfEcmaScript(String spelling) {
        assertThat(Json.canonical(Json.number(spelling).orElseThrow())).isEqualTo(spelling);
    }

    @Test
    void everyDoubleIsSpeltAsEcmaScriptDoes() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 10_000; i++) {
            // Half of them from all doubles, half from near the borders between the layouts.
            double d = i % 2 == 0
                    ? Double.longBitsToDouble(random.nextLong())
                    : random.nextInt(-9_999, 9_999) * Math.pow(10, random.nextInt(-12, 26));
            if (!Double.isFinite(d)) continue;
            String literal = Double.toString(d);
            assertThat(Json.canonical(Json.number(literal).orElseThrow()))
                    .as(literal)
                    .isEqualTo(ecmaScript(literal));
        }
    }

    private static String ecmaScript(String literal) {
        BigDecimal value = new BigDecimal(literal);
        if (value.signum() == 0) return "0";
        BigDecimal size = value.abs().stripTrailingZeros();
        boolean plain = size.compareTo(new BigDecimal("1e-6")) >= 0 && size.compareTo(new BigDecimal("1e21")) < 0;
        int exponent = size.precision() - size.scale() - 1;
        String text = plain
                ? size.toPlainString()
                : size.movePointLeft(exponent).toPlainString() + (exponent < 0 ? "e" : "e+") + exponent;
        return value.signum() < 0 ? "-" + text : text;
    }

    @ParameterizedTest
    @CsvSource({
        "9007199254740992, 9007199254740993",
        "9223372036854775807, 9223372036854775808",
        "100, 100.00000000000000001",
        "1e400, 1e401",
        "0.1, 0.1000000000000000055511151231257827",
        "1e-1000, 0",
    })
    void numbersThatADoubleMixesUpAreToldApart(String one, String other) {
        assertThat(Json.canonical(Json.number(one).orElseThrow()))
                .isNotEqualTo(Json.canonical(Json.number(other).orElseThrow()));
    }

    @Test
    void exactTakesEveryExactTypeAndRefusesTheOthers() {
        for (Number one : List.of((byte) 1, (short) 1, 1, 1L, BigInteger.ONE, BigDecimal.ONE, new BigDecimal("1.00"))) {
            assertThat(Json.exact(one)).isEqualTo(1L);
        }
        assertThat(Json.exact(new BigDecimal("1.50"))).isEqualTo(new BigDecimal("1.5"));
        assertThat(Json.exact(BigInteger.TWO.pow(63))).isEqualTo(BigInteger.TWO.pow(63));
        assertThat(Json.exact(BigInteger.TWO.pow(63).negate())).isEqualTo(Long.MIN_VALUE);
        assertThat(Json.exact(new BigDecimal("1e1000"))).isEqualTo(BigInteger.TEN.pow(1000));
        assertThat(Json.exact(new BigDecimal("1e9999"))).isEqualTo(BigInteger.TEN.pow(9999));
        for (Number inexact : List.of(1.0, 1f, Double.NaN, Double.POSITIVE_INFINITY, new AtomicInteger(1))) {
            assertThatIllegalArgumentException().isThrownBy(() -> Json.exact(inexact));
        }
    }

    @Test
    void aDecimalIsTheSameNumber() {
        assertThat(Json.decimal(-7L)).isEqualTo(new BigDecimal("-7"));
        assertThat(Json.decimal(BigInteger.TEN.pow(30))).isEqualTo(new BigDecimal(BigInteger.TEN.pow(30)));
        assertThat(Json.decimal(new BigDecimal("0.1"))).isEqualTo(new BigDecimal("0.1"));
    }
}
