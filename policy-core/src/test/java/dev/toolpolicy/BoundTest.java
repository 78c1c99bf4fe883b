package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoundTest {
    /** Numbers that lie close together, about everything where a bound changes its way to compare. */
    static List<Number> numbers() {
        BigDecimal step = new BigDecimal("0.5");
        return Stream.of(
                        "-1e1000",
                        "-1e19",
                        "-9223372036854775808",
                        "-500",
                        "0",
                        "500",
                        "9223372036854775807",
                        "1e19",
                        "1e1000")
                .map(BigDecimal::new)
                .flatMap(n ->
                        Stream.of(n.subtract(BigDecimal.ONE), n.subtract(step), n, n.add(step), n.add(BigDecimal.ONE)))
                .map(Json::exact)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void ordersEveryNumberAsDecimalsDo(Number bound) {
        for (Number number : numbers()) {
            assertThat(Integer.signum(new Bound(bound).order(number)))
                    .as("%s against %s", number, bound)
                    .isEqualTo(Json.decimal(number).compareTo(Json.decimal(bound)));
        }
    }
}
