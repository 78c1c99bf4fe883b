package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls there are, and which are one. */
final class ToolCallTest {
    @Test
    void itIsAsManyBytesAsCame() {
        String spaced = "{ \"note\" : \"é\" }";

        assertThat(ToolCall.parse(Identity.of("alice"), "pay", spaced).bytes()).isEqualTo(17);
        assertThat(ToolCall.of(Identity.of("alice"), "pay", Map.of("note", "é")).bytes())
                .as("as canonical text, where none came")
                .isEqualTo(13);
    }

    private static final Identity WHO = Identity.of("g");
    private static final String SECRET = "s3cr3t";

    @ParameterizedTest
    @ValueSource(strings = {"t", "T.o_o-l9", ".", "-", "_", "0"})
    void aNameIsOneOfATool(String name) {
        assertThat(ToolCall.of(WHO, name, null).tool()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a ",
                " a",
                "a\n",
                "a\r",
                "a\u0000",
                "a\u0000b",
                "\t",
                "caf\u00e9",
                "\u212a",
                "a*",
                "*",
                "a/b",
                "a:b",
                "a\u200b",
                "\uff41",
                "\u0430",
                "\ud83c",
                "a\\",
                "\"a\"",
                "\u0661"
            })
    void anyOtherNameIsMalformed(String name) {
        for (String tool : List.of(name + SECRET, SECRET + name, name)) {
            if (!tool.equals(SECRET)) assertMalformed(() -> ToolCall.of(WHO, tool, Map.of()));
            if (!tool.equals(SECRET)) assertMalformed(() -> ToolCall.parse(WHO, tool, "{}"));
        }
    }

    @Test
    void aNameHas128CharactersAtMost() {
        assertThat(ToolCall.of(WHO, "a".repeat(128), null).tool()).hasSize(128);
        assertMalformed(() -> ToolCall.of(WHO, "a".repeat(129), null));
        assertMalformed(() -> ToolCall.of(WHO, "a".repeat(10_000_000), null));
    }

    @Test
    void nothingIsNobodyAndNoTool() {
        assertMalformed(() -> ToolCall.of(null, "t", Map.of()));
        assertMalformed(() -> ToolCall.of(WHO, null, Map.of()));
        assertMalformed(() -> ToolCall.parse(null, "t", "{}"));
        assertMalformed(() -> ToolCall.parse(WHO, null, "{}"));
        assertMalformed(() -> ToolCall.parse(WHO, "t", null));
    }

    @Test
    void noArgumentsAreAnEmptyObject() {
        ToolCall none = ToolCall.of(WHO, "t", null);
        assertThat(none.arguments()).isEmpty();
        assertThat(none.argumentsJson()).isEqualTo("{}");
        assertThat(none.digest())
                .isEqualTo(ToolCall.parse(WHO, "t", " { } ").digest())
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "true",
                "\"s3cr3t\"",
                "[]",
                "[{}]",
                "{",
                "{}{}",
                "{} s3cr3t",
                "{s3cr3t:1}",
                "{'a':1}",
                "{\"a\":s3cr3t}",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":0x1}",
                "{\"s3cr3t\":1,\"s3cr3t\":2}",
                "{\"s3cr3t\":1,\"\\u00733cr3t\":1}",
                "\ufeff{}",
                "{}\u0000",
                "{\"a\":\"s3cr3t\n\"}",
                "{\"a\":\"s3cr3t\\x\"}",
                "{/*s3cr3t*/}",
                "{\"s3cr3t\\ud800\":1}",
                "{\"\\ud800\":1}",
                "{\"\\udc00\\ud800\":1}",
                "{\"a\":\"s3cr3t\\ud800\"}",
                "{\"a\":\"\\udfb2\\ud83c\"}",
                "{\"a\":[{\"\\ud800\":\"s3cr3t\"}]}",
                "{\"a\":1e1001}",
                "{\"a\":1e-1001}",
                "{\"a\":1e1000000000}",
                "{\"a\":1E99999999999999999999}",
                "{\"a\":0e1001}"
            })
    void textThatIsNotOneObjectIsMalformed(String text) {
        assertMalformed(() -> ToolCall.parse(WHO, "t", text));
    }

    @Test
    void halfAPairOfSurrogatesIsMalformedInTextToo() {
        for (String half : List.of("\ud83c", "\udfb2", "\udfb2\ud83c")) {
            assertMalformed(() -> ToolCall.parse(WHO, "t", "{\"" + half + "\":1}"));
            assertMalformed(() -> ToolCall.parse(WHO, "t", "{\"a\":\"" + half + "\"}"));
        }
    }

    private static void assertMalformed(ThrowingCallable making) {
        assertThatExceptionOfType(MalformedCallException.class)
                .isThrownBy(making)
                .satisfies(e -> assertThat(e.getMessage())
                        .isNotBlank()
                        .doesNotContain(SECRET)
                        .hasSizeLessThan(200));
    }

    @ParameterizedTest
    @CsvSource({"[, ]", "'{\"a\":', }"})
    void argumentsAreNested64DeepAtMost(String open, String close) {
        int more = 63;
        String deepest = "{\"a\":" + open.repeat(more) + "1" + close.repeat(more) + "}";
        Map<String, Object> map = ToolCall.parse(WHO, "t", deepest).arguments();
        assertThat(ToolCall.of(WHO, "t", map).argumentsJson()).isEqualTo(deepest);
        assertMalformed(() -> ToolCall.parse(WHO, "t", deepest.replace("1", open + "1" + close)));
        assertMalformed(() -> ToolCall.of(WHO, "t", Map.of("a", map)));
        assertMalformed(() -> ToolCall.parse(WHO, "t", "{\"a\":" + open.repeat(400_000 / open.length())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u00e9", "\u20ac", "\ud83c\udfb2", "\\\"", "\\\\", "\\n", "\\u0000"})
    void argumentsHaveOneMebibyteAtMost(String unit) {
        int bytes = unit.getBytes(StandardCharsets.UTF_8).length;
        int room = ToolCall.MAX_BYTES - "{\"a\":\"\"}".length();
        String full = unit.repeat(room / bytes) + "x".repeat(room % bytes);
        ToolCall call = ToolCall.parse(WHO, "t", "{\"a\":\"" + full + "\"}");
        assertThat(call.argumentsJson().getBytes(StandardCharsets.UTF_8)).hasSize(ToolCall.MAX_BYTES);
        assertThat(ToolCall.of(WHO, "t", call.arguments()).digest()).isEqualTo(call.digest());
        assertMalformed(() -> ToolCall.parse(WHO, "t", "{\"a\":\"" + full + "x\"}"));
        assertMalformed(() -> ToolCall.parse(WHO, "t", "{\"a\":\"" + full + "\"} "));
        Map<String, Object> more = new HashMap<>(call.arguments());
        more.compute("a", (key, text) -> text + "x");
        assertMalformed(() -> ToolCall.of(WHO, "t", more));
    }

    @Test
    void aTextIsMeasuredAsItCameAndAMapAsItIsWritten() {
        String spaced = "{\"a\":" + " ".repeat(ToolCall.MAX_BYTES - 7) + "1}";
        assertThat(ToolCall.parse(WHO, "t", spaced).argumentsJson()).isEqualTo("{\"a\":1}");
        assertMalformed(() -> ToolCall.parse(WHO, "t", spaced + " "));
    }

    /** What is short to write and long to work with: a quarter of a mebibyte is read, written and hashed in little time. */
    @ParameterizedTest
    @ValueSource(
            strings = {"1e999", "1e-999", "5e-324", "1e-300", "1.7976931348623157e308", "-0.0", "{}", "[]", "\"\""})
    void manySmallThingsAreReadAndWrittenQuickly(String element) {
        int times = ToolCall.MAX_BYTES / 4 / (element.length() + 1);
        String text = "{\"a\":[" + (element + ",").repeat(times - 1) + element + "]}";
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            ToolCall call = ToolCall.parse(WHO, "t", text);
            assertThat(call.digest()).hasSize(64);
            if (!element.startsWith("{") && !element.startsWith("[") && !element.startsWith("\"")) {
                double number = Double.parseDouble(element);
                Object same = Double.isInfinite(number) ? new BigDecimal(element) : (Object) number;
                Map<String, Object> map = Map.of("a", Collections.nCopies(times / 4, same));
                assertThat(ToolCall.of(WHO, "t", map).digest()).hasSize(64);
            }
        });
    }

    @Test
    void hugeNumbersAreRefusedQuickly() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (Number huge : List.<Number>of(
                    new BigDecimal("1e1000000000"),
                    new BigDecimal("1e-1000000000"),
                    new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE),
                    new BigDecimal(BigInteger.TEN, Integer.MAX_VALUE),
                    BigInteger.ONE.shiftLeft(3_400_000),
                    BigInteger.TEN.pow(1_001),
                    new BigDecimal("1".repeat(1_001)))) {
                assertMalformed(() -> ToolCall.of(WHO, "t", Map.of("a", huge)));
            }
            assertMalformed(() -> ToolCall.parse(WHO, "t", "{\"a\":" + "7".repeat(10_000) + "}"));
            assertMalformed(() -> ToolCall.parse(WHO, "t", "{\"a\":" + "7".repeat(1_000_000) + "}"));
            assertMalformed(() -> ToolCall.parse(WHO, "t", "{\"a\":0." + "7".repeat(1_000_000) + "}"));
            assertMalformed(() -> ToolCall.parse(WHO, "t", "{\"a\":1e" + "0".repeat(1_000_000) + "1}"));
        });
        String thousand = "7".repeat(1_000);
        assertThat(ToolCall.parse(WHO, "t", "{\"a\":" + thousand + "}")
                        .arguments()
                        .get("a"))
                .isEqualTo(new BigInteger(thousand));
    }

    @Test
    void twoCallsHaveOneDigestIfAndOnlyIfTheirArgumentsAreOneValue() {
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 5_000; i++) {
            Map<String, Object> tree = RandomJson.object(random, 4);
            ToolCall one = ToolCall.parse(WHO, "t", RandomJson.spelt(tree, random));
            ToolCall same = ToolCall.parse(WHO, "t", RandomJson.spelt(tree, random));
            ToolCall copied = ToolCall.of(WHO, "t", tree);
            ToolCall again = ToolCall.parse(WHO, "t", one.argumentsJson());
            for (ToolCall equal : List.of(same, copied, again)) {
                assertThat(equal.digest()).as(one.argumentsJson()).isEqualTo(one.digest());
                assertThat(equal.arguments()).isEqualTo(one.arguments());
            }
            ToolCall other = ToolCall.of(WHO, "t", RandomJson.changed(tree, random));
            assertThat(other.digest())
                    .as("%s and %s", one.argumentsJson(), other.argumentsJson())
                    .isNotEqualTo(one.digest());
            assertThat(other.arguments()).isNotEqualTo(one.arguments());
        }
    }

    @Test
    void whoCallsWhatIsShownWithoutArguments() {
        ToolCall call = ToolCall.parse(Identity.of("g\u202e").with("k", SECRET), "t", "{\"s3cr3t\":\"s3cr3t\"}");
        assertThat(call.toString()).contains("t]").doesNotContain(SECRET, "\u202e");
    }
}
