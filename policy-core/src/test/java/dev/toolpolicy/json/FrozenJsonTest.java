package dev.toolpolicy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.sun.management.ThreadMXBean;
import java.io.Serial;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The copy that nobody can change, and what is refused instead. */
final class FrozenJsonTest {
    @Test
    void theCopyDoesNotChangeWithItsOriginalNorByItself() {
        List<Object> list = new ArrayList<>(Arrays.asList("a", null));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", list);
        map.put("a", true);
        map.put("n", null);
        Map<?, ?> frozen = (Map<?, ?>) FrozenJson.value(map);
        list.clear();
        map.clear();
        assertThat(Json.canonical(frozen)).isEqualTo("{\"a\":true,\"n\":null,\"z\":[\"a\",null]}");
        assertThat(new ArrayList<Object>(frozen.keySet())).isEqualTo(List.of("z", "a", "n"));
        for (Runnable change : List.<Runnable>of(
                frozen::clear, frozen.keySet()::clear, frozen.values()::clear, ((List<?>) frozen.get("z"))::clear)) {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(change::run);
        }
        assertThat(FrozenJson.value(null)).isNull();
    }

    /** A megabyte of such numbers is a call like any other: what they cost to read bounds how often it may be made. */
    @ParameterizedTest
    @MethodSource
    void noNumberTakesMuchToRead(Number number) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<Number> many = Collections.nCopies(1_000, number);
        FrozenJson.value(many);

        long before = threads.getCurrentThreadAllocatedBytes();
        FrozenJson.value(many);

        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / many.size())
                .as("bytes for each")
                .isLessThan(5_000);
    }

    static List<Number> noNumberTakesMuchToRead() {
        return List.of(
                -1.0137433199815556e-262,
                2.0473365531662065e213,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                0.1,
                Float.MIN_VALUE,
                1.2345678f,
                new BigDecimal("1e999"),
                new BigDecimal("1e-999"),
                BigInteger.TEN.pow(999));
    }

    @Test
    void numbersAreHeldInTheirOneForm() {
        BigInteger large = BigInteger.TEN.pow(1_000);
        assertThat(FrozenJson.value(
                        List.of((byte) 1, (short) 1, 1, 1L, BigInteger.ONE, new BigDecimal("1.0"), 1.0, 1f)))
                .isEqualTo(Collections.nCopies(8, 1L));
        assertThat(FrozenJson.value(List.of(new BigDecimal("0.10"), 0.1, 0.1f)))
                .isEqualTo(Collections.nCopies(3, new BigDecimal("0.1")));
        assertThat(FrozenJson.value(List.of(large, new BigDecimal("1e1000"), large.negate())))
                .isEqualTo(List.of(large, large, large.negate()));
        assertThat(FrozenJson.value(List.of(-0.0, -0f, new BigDecimal("0e-1000000000"), BigInteger.ZERO)))
                .isEqualTo(Collections.nCopies(4, 0L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1000", "-1e-1000", "9.99e1000", "123456789e991", "0.1", "9223372036854775808"})
    void whateverNumberIsReadFromATextIsFrozenAsItIs(String literal) {
        Number read = Json.number(literal).orElseThrow();
        assertThat(FrozenJson.value(read)).isEqualTo(read);
        assertThat(FrozenJson.value(new BigDecimal(literal))).isEqualTo(read);
    }

    @Test
    void whatIsNoJsonValueIsRefused() {
        Map<String, Object> nullKey = new HashMap<>();
        nullKey.put(null, 1);
        assertRefused(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                'c',
                Optional.of(1),
                Set.of(1),
                new int[] {1},
                new Object(),
                CharBuffer.wrap("x"),
                new AtomicInteger(1),
                Map.of(1, 1),
                nullKey,
                Map.of(List.of(), 1),
                "\uD83C",
                "a\uDFB2b",
                "\uDFB2\uD83C",
                Map.of("\uD83C", 1));
    }

    @Test
    void aNumberOutOfBoundsIsRefusedBeforeItCostsAnything() {
        assertTimeout(
                Duration.ofSeconds(5),
                () -> assertRefused(
                        BigInteger.TEN.pow(1_001),
                        BigInteger.TEN.pow(1_000).add(BigInteger.ONE),
                        BigInteger.ONE.shiftLeft(10_000_000),
                        new BigDecimal("1e1001"),
                        new BigDecimal("-1e-1001"),
                        new BigDecimal("1e1000000000"),
                        new BigDecimal("1e-2147483647"),
                        new BigDecimal(BigInteger.ONE.shiftLeft(10_000_000), 3_000_000),
                        BigDecimal.ONE.add(new BigDecimal("1e-1000"))));
    }

    private static void assertRefused(Object... values) {
        for (Object value : values) {
            String type = value.getClass().getName();
            assertThatIllegalArgumentException().as(type).isThrownBy(() -> FrozenJson.value(value));
            assertThatIllegalArgumentException().as(type).isThrownBy(() -> FrozenJson.value(List.of(List.of(), value)));
            assertThatIllegalArgumentException()
                    .as(type)
                    .isThrownBy(() -> FrozenJson.object(Map.of("a", value), 1 << 20));
        }
    }

    @Test
    void itIsSaidWhyAValueIsRefused() {
        Map.of(
                        new Object(),
                        "found a value that JSON does not have",
                        Double.NaN,
                        "found a number that is not finite",
                        new BigDecimal("1e1001"),
                        "a number has more than 1000 digits, or an exponent beyond 1000",
                        "x".repeat(90_000_000),
                        "there is too much of it")
                .forEach((value, why) -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> FrozenJson.value(value))
                        .withMessage(why));
    }

    @Test
    void sixtyFourLevelsAreFrozenAndNotOneMore() {
        for (boolean lists : new boolean[] {true, false}) {
            assertThat(FrozenJson.value(nested(64, lists))).isEqualTo(nested(64, lists));
            assertRefused(nested(65, lists));
        }
    }

    private static Object nested(int levels, boolean lists) {
        Object value = 1L;
        for (int i = 0; i < levels; i++) value = lists ? List.of(value) : Map.of("k", value);
        return value;
    }

    @Test
    void aValueThatHoldsItselfIsRefused() {
        List<Object> list = new ArrayList<>();
        Map<String, Object> map = new HashMap<>();
        // Twice each: the way down must end, not only each of 2^64 of them.
        Collections.addAll(list, list, map, list);
        map.put("map", map);
        map.put("list", list);
        assertThatIllegalArgumentException().isThrownBy(() -> FrozenJson.value(list));
        assertThatIllegalArgumentException().isThrownBy(() -> FrozenJson.value(map));
    }

    @Test
    void whatHoldsOneThingManyTimesIsCutOffByItsSize() {
        Object value = "x";
        for (int i = 0; i < 60; i++) value = List.of(value, value);
        Map<String, Object> object = Map.of("a", value);
        assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThatIllegalArgumentException().isThrownBy(() -> FrozenJson.object(object, 1 << 20)));
    }

    @Test
    void aCollectionThatLiesIsRefused() {
        List<Object> endless = listOf(Integer.MAX_VALUE, i -> null);
        assertThatIllegalArgumentException().isThrownBy(() -> FrozenJson.object(Map.of("a", endless), 1 << 20));
        assertRefused(listOf(1, i -> {
            throw new IllegalStateException("no");
        }));
        IdentityHashMap<String, Object> sameKeyTwice = new IdentityHashMap<>();
        sameKeyTwice.put(String.valueOf(new char[] {'k'}), 1);
        sameKeyTwice.put(String.valueOf(new char[] {'k'}), 2);
        assertThat(sameKeyTwice).hasSize(2);
        assertRefused(sameKeyTwice, new LyingInteger("1"), new LyingDecimal("1"));
    }

    private static List<Object> listOf(int size, IntFunction<Object> element) {
        return new AbstractList<>() {
            @Override
            public Object get(int index) {
                return element.apply(index);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private static final class LyingInteger extends BigInteger {
        @Serial
        private static final long serialVersionUID = 1;

        LyingInteger(String text) {
            super(text);
        }
    }

    private static final class LyingDecimal extends BigDecimal {
        @Serial
        private static final long serialVersionUID = 1;

        LyingDecimal(String text) {
            super(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"\":null}",
                "{\"a\":true,\"b\":false}",
                "{\"a\":[],\"b\":[1,[2],{}]}",
                "{\"é€🎲\":\"\u007f\u0080\"}",
                "{\"\\\"\\\\\":\"\\u0000\\u001f\\b\\t\\n\\f\\r/\"}",
                "{\"a\":[-1.5,1e21,0.000001,1e-7,1e1000,-12345678901234567890123]}"
            })
    void theSizeIsThatOfTheCanonicalTextToTheByte(String text) {
        Map<?, ?> object = (Map<?, ?>) JsonText.read(text, 1_000).value();
        int size = Json.canonical(object).getBytes(StandardCharsets.UTF_8).length;
        assertThat(FrozenJson.object(object, size)).isEqualTo(object);
        for (int less = 0; less < size; less++) {
            int tooFew = less;
            assertThatIllegalArgumentException().isThrownBy(() -> FrozenJson.object(object, tooFew));
        }
    }
}
