package dev.toolpolicy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.toolpolicy.json.JsonText.Fault;
import dev.toolpolicy.json.JsonText.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that somebody chose to break the reader, or to keep it busy. */
final class HostileTextTest {
    private static final int MAX_BYTES = 1 << 20;
    /** Far more than any text of a MiB needs, and far less than work that grows with its square. */
    private static final Duration SOON = Duration.ofSeconds(5);

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "€", "🎲"})
    void theSizeIsCountedInBytesToTheByte(String character) {
        for (int n = 0; n < 40; n++) {
            String text = '"' + character.repeat(n) + '"';
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertThat(JsonText.read(text, bytes.length).sound()).isTrue();
            assertThat(JsonText.read(bytes, bytes.length).sound()).isTrue();
            assertTooLarge(JsonText.read(text, bytes.length - 1));
            assertTooLarge(JsonText.read(bytes, bytes.length - 1));
        }
    }

    private static void assertTooLarge(JsonText read) {
        assertThat(read.faults()).extracting(Fault::kind).containsExactly(Kind.TOO_LARGE);
        assertThat(read.text()).isEmpty();
        assertThatIllegalStateException().isThrownBy(read::value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "[[],{}]", "\"\\\"[[\"", "0"})
    void sixtyFourContainersMayLieWithinEachOtherAndNotOneMore(String innermost) {
        int own = innermost.startsWith("[[") ? 2 : innermost.matches("[\\[{].*") ? 1 : 0;
        for (String open : List.of("[", "{\"k\":", "[1, ", "{\"k\":0,\"l\":")) {
            String close = open.startsWith("[") ? "]" : "}";
            String fits = open.repeat(64 - own) + innermost + close.repeat(64 - own);
            assertThat(JsonText.read(fits, MAX_BYTES).faults()).isEmpty();
            JsonText deeper = JsonText.read("[" + fits + "]", MAX_BYTES);
            assertThat(deeper.faults()).extracting(Fault::kind).containsExactly(Kind.TOO_DEEP);
            assertThatIllegalStateException().isThrownBy(deeper::value);
        }
    }

    @Test
    void theDepthIsBoundWithinADuplicateToo() {
        String text = "{\"a\":0,\"a\":" + "[".repeat(64) + "]".repeat(64) + "}";
        assertThat(JsonText.read(text, MAX_BYTES).faults())
                .extracting(Fault::kind)
                .containsExactly(Kind.TOO_DEEP);
    }

    @Test
    void keysThatCollideAreReadLikeAnyOthers() {
        List<String> keys =
                IntStream.range(0, 20_000).mapToObj(HostileTextTest::colliding).toList();
        assertThat(keys)
                .doesNotHaveDuplicates()
                .extracting(String::hashCode)
                .containsOnly(keys.get(0).hashCode());
        String members = members(keys.size(), keys::get);
        assertTimeout(SOON, () -> {
            assertThat(JsonText.read("{" + members + "}", MAX_BYTES).sound()).isTrue();
            assertThat(JsonText.read("{" + members + "," + members + "}", 2 * MAX_BYTES)
                            .faults())
                    .hasSize(JsonText.MAX_FAULTS);
        });
    }

    /** Sixteen times one of two pairs of letters that have the same hash code. */
    private static String colliding(int bits) {
        return IntStream.range(0, 16)
                .mapToObj(i -> (bits >> i & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining());
    }

    @Test
    void ofTooManyFaultsTheFirstAreTold() {
        for (String element : List.of("1e9999", "\"\\uD800\"", "{\"\":0,\"\":0}")) {
            String text = "[" + (element + ",").repeat(JsonText.MAX_FAULTS) + element + "]";
            List<Fault> faults = JsonText.read(text, MAX_BYTES).faults();
            assertThat(faults).hasSize(JsonText.MAX_FAULTS);
            assertThat(faults.get(JsonText.MAX_FAULTS - 1).pointer()).startsWith("/" + (JsonText.MAX_FAULTS - 1));
        }
    }

    @Test
    void duplicatesInFallingOrderTakeNoLongerThanOthers() {
        int keys = 45_000;
        String text = "{" + members(keys, i -> "k" + i) + "," + members(keys, i -> "k" + (keys - 1 - i)) + "}";
        assertTimeout(SOON, () -> {
            List<Fault> faults = JsonText.read(text, MAX_BYTES).faults();
            assertThat(faults).isSortedAccordingTo(Comparator.comparingInt(Fault::offset));
            assertThat(faults.get(0).message())
                    .startsWith("the key `k44999` is written twice, first at line 1, column ");
        });
    }

    @Test
    void aLongKeyAboveManyFaultsIsNotToldWithEachOfThem() {
        // Told with each, it would take some 50 GB.
        String start = "{\"" + "k".repeat(500_000) + "\":";
        for (String below : List.of(
                "[" + "1e9999,".repeat(75_000) + "0]}",
                "[" + "\"\\uD800\",".repeat(55_000) + "0]}",
                "{" + "\"\":0,".repeat(85_000) + "\"\":0}}",
                "{\"\":0,\"\":0," + members(45_000, i -> "k" + i) + "}}",
                "[" + "{\"\":1},".repeat(60_000) + "]}",
                "[" + "1,".repeat(250_000) + "]}")) {
            assertTimeout(SOON, () -> {
                JsonText read = JsonText.read(start + below, MAX_BYTES);
                assertThat(read.faults()).isNotEmpty();
                assertThat(read.places(List.of("/" + "k".repeat(500_000) + "/5")))
                        .hasSize(1);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "]",
                "{",
                "{\"\":",
                "[{\"\":",
                "\"",
                "\\",
                "\"\\",
                "\\u",
                "1",
                "1e",
                "-",
                ".",
                ",",
                "\"\",",
                " ",
                "\n",
                "\t",
                "/*",
                "#",
                "true",
                "[],",
                "{},",
                "\"\\uD800\",",
                "\"a\":0,",
                "\0",
                "\uFEFF",
                "\u2028",
                "é",
                "🎲"
            })
    void muchOfOneThingIsReadInBoundedTime(String unit) {
        String repeated = unit.repeat(MAX_BYTES / 4 / unit.getBytes(StandardCharsets.UTF_8).length - 3);
        for (String text :
                List.of(repeated, "[" + repeated + "]", "[" + repeated + "0]", "{" + repeated + "}", '"' + repeated)) {
            assertTimeout(SOON, () -> assertLaws(JsonText.read(text, MAX_BYTES)));
        }
    }

    @Test
    void noBytesMakeItThrow() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(24)];
            random.nextBytes(bytes);
            // Half of them begin like JSON, or they would all end at the first byte.
            if (bytes.length > 2 && i % 2 == 0) bytes[0] = (byte) "[\"{1".charAt(i / 2 % 4);
            assertLaws(
                    i % 4 == 3
                            ? JsonText.read(new String(bytes, StandardCharsets.UTF_16BE), MAX_BYTES)
                            : JsonText.read(bytes, MAX_BYTES));
        }
    }

    @Test
    void noSoupOfTokensMakesItThrow() {
        String[] tokens = {
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"a\"",
            "\"b\":",
            "\"\\uD83C\"",
            "\"\\uD83C\":",
            "\"",
            "\\",
            "\\u00",
            "1e9999",
            "1",
            "-",
            ".",
            "e+",
            "null",
            "tru",
            " ",
            "\n",
            "\uFEFF",
            "\uDC00",
            "é",
            "\0"
        };
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder soup = new StringBuilder(i % 3 == 0 ? "{" : i % 3 == 1 ? "[" : "");
            for (int n = random.nextInt(12); n > 0; n--) soup.append(tokens[random.nextInt(tokens.length)]);
            assertLaws(JsonText.read(soup.toString(), MAX_BYTES));
        }
    }

    /** What holds of every text whatever. */
    private static void assertLaws(JsonText read) {
        List<Fault> faults = read.faults();
        assertThat(read.sound()).isEqualTo(faults.isEmpty());
        assertThat(read.readable() || !read.sound()).isTrue();
        assertThat(faults).isSortedAccordingTo(Comparator.comparingInt(Fault::offset));
        assertThat(read.readable() || faults.size() == 1).isTrue();
        if (read.readable()) assertThat(FrozenJson.value(read.value())).isEqualTo(read.value());
        else assertThatIllegalStateException().isThrownBy(read::value);
        int length = read.text().length();
        for (Fault fault : faults.subList(0, Math.min(3, faults.size()))) {
            assertThat(fault.offset()).isBetween(0, length);
            assertThat(read.places(Collections.singleton(fault.pointer() + "/0"))
                            .values())
                    .allMatch(p -> p.key() <= p.value() && p.value() <= length);
            assertThat(read.lines().line(fault.offset())).isPositive();
        }
    }

    private static String members(int count, IntFunction<String> key) {
        return IntStream.range(0, count)
                .mapToObj(i -> '"' + key.apply(i) + "\":0")
                .collect(Collectors.joining(","));
    }
}
